// Shots as a director wants them: their camera and people, and never a gap in the script, whatever they say.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Episode, Scene } from '../../core/script/index.ts';
import {
  composeDirected,
  composeEpisode,
  coverage,
  type Direction,
  measure,
  repair,
} from '../../core/storyboard/index.ts';
import { faultsOf, promptLanguages, promptNames } from '../../core/storyboard/prompt-faults.ts';
import { CameraAngle, Movement, ShotContent, ShotSize } from '../../core/storyboard/schema.ts';
import { anyEpisode, element, episode, library, says, scene, shows, style } from './stage.ts';

const directed = (told: Episode, ...directions: Direction[]) =>
  composeDirected(told, library, style, new Map([[told.scenes[0]!.id, directions]]));
const ids = (...of: { id: string }[]) => of.map(({ id }) => id);

const enter = shows('谢灯儿踩着梯子挂灯，裴照翻身下马。');
const asks = says('裴照', '谁动过这盏走马灯？');
const denies = says('谢灯儿', '我没有动过它。');
const needle = shows('银针落在案上。');
const told = episode([scene('1-1', [enter, asks, denies, needle])]);

describe('a director decides', () => {
  test('the cut, the camera and who is seen; the words stay the script’s', () => {
    const shots = directed(
      told,
      { elementIds: ids(enter), size: 'ELS', angle: 'high', movement: 'crane' },
      {
        elementIds: ids(asks, denies),
        size: 'MS',
        people: [{ assetId: 'c2', name: '裴照', side: 'right', facing: 'left' }],
      },
      {
        elementIds: ids(needle),
        size: 'ECU',
        movement: 'push_in',
        wishes: { composition: '对角线', lens: '100mm微距' },
      },
    );
    expect(shots.map(({ size, angle, movement }) => [size, angle, movement])).toEqual([
      ['ELS', 'high', 'crane'],
      ['MS', expect.anything(), expect.anything()],
      ['ECU', expect.anything(), 'push_in'],
    ]);
    expect(shots[1]!.lines.map(({ text, onScreen }) => [text, onScreen])).toEqual([
      ['谁动过这盏走马灯？', true],
      ['我没有动过它。', false],
    ]);
    expect(shots[1]!.blocking).toEqual([{ assetId: 'c2', name: '裴照', side: 'right', facing: 'left', variant: '' }]);
    expect(shots[2]).toMatchObject({ composition: '对角线', lens: '100mm微距' });
    expect(shots[2]!.imagePrompt.zh).toContain('对角线');
  });

  test('the words of the prompts; place, hour, people and lines stand in them all the same', () => {
    const [shot] = directed(told, {
      elementIds: ids(enter, asks),
      people: [{ assetId: 'c1', name: '谢灯儿' }],
      picture: { zh: '她举灯过顶', en: 'She lifts the lantern overhead' },
      motion: { zh: '灯影旋转' },
      ending: { zh: '灯已挂稳' },
    });
    expect(shot!.imagePrompt.zh).toMatch(/西市街口，外景，夜.*谢灯儿举灯过顶/);
    expect(shot!.imagePrompt.en).toContain('谢灯儿 lifts the lantern overhead');
    expect(shot!.videoPrompt.zh).toMatch(/灯影旋转.*裴照在画外说：“谁动过这盏走马灯？”/);
    expect(shot!.endFrame).toEqual({ zh: expect.stringMatching(/尾帧：灯已挂稳。$/), en: '' });
  });

  test('whether a long line is seen in several shots; its parts give it word for word', () => {
    const speech = says('裴照', '你量过灯架，你摸过灯纸，你知道它为什么转。'.repeat(4));
    const shots = directed(
      episode([scene('1-1', [speech])]),
      { elementIds: ids(speech), size: 'LS', people: [{ assetId: 'c2', name: '裴照' }] },
      { elementIds: ids(speech), size: 'CU', people: [{ assetId: 'c1', name: '谢灯儿' }] },
    );
    expect(shots.flatMap(({ lines }) => lines.map(({ text }) => text)).join('')).toBe(speech.text);
    expect(shots.map(({ size }) => size)).toEqual(['LS', 'CU']);
    expect(shots.map(({ lines }) => lines[0]!.onScreen)).toEqual([true, false]);
  });

  test('a caption alone on black', () => {
    const caption = element({ kind: 'caption', text: '三年后' });
    const shots = directed(episode([scene('1-1', [enter, caption, asks])]), { elementIds: ids(enter) }, { elementIds: ids(caption), wishes: { transition: 'black' } }, { elementIds: ids(asks) }); // biome-ignore format: one thought
    expect(shots.map(({ caption: words, transition }) => [words, transition])).toEqual([
      ['', 'cut'],
      ['三年后', 'black'],
      ['', 'cut'],
    ]);
  });
});

describe('what a director gets wrong is put right', () => {
  const complete = (shots: ReturnType<typeof directed>) => {
    expect(coverage(told, shots, library).issues).toEqual([]);
    return shots;
  };

  test('what they leave out is there as the engine would have it', () => {
    const shots = complete(directed(told, { elementIds: ids(asks), size: 'ECU' }));
    expect(shots.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual([asks.text, denies.text]);
    expect(shots.some(({ elementIds }) => elementIds.includes(needle.id))).toBe(true);
  });

  test('what they say twice is the first one’s', () => {
    const shots = complete(
      directed(told, { elementIds: ids(enter, asks), size: 'LS' }, { elementIds: ids(asks, denies), size: 'CU' }),
    );
    expect(shots[0]!.lines.map(({ text }) => text)).toEqual([asks.text]);
  });

  test('what they turn round stands in the script’s order', () => {
    const shots = complete(
      directed(told, { elementIds: ids(denies) }, { elementIds: ids(asks) }, { elementIds: ids(needle, enter) }),
    );
    expect(shots.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual([asks.text, denies.text]);
  });

  test('a new place seen close at first is seen wide', () =>
    expect(complete(directed(told, { elementIds: ids(enter), size: 'CU' }))[0]!.size).toBe('LS'));

  test('somebody who speaks on camera is not spoken of as nobody; a thing is', () => {
    const [first, second] = complete(
      directed(
        told,
        { elementIds: ids(enter, asks), people: [] },
        { elementIds: ids(denies), people: [], purpose: 'insert' },
      ),
    );
    expect(first!.lines.map(({ onScreen }) => onScreen)).toEqual([true]);
    expect(second!.blocking).toEqual([]);
  });

  test('people do not jump across the frame', () => {
    const at = (side: 'left' | 'right') => [{ assetId: 'c2', name: '裴照', side }];
    const shots = complete(
      directed(told, { elementIds: ids(enter), movement: 'static', people: at('left') }, { elementIds: ids(asks), movement: 'static', people: at('right') }), // biome-ignore format: one thought
    );
    expect(shots.map(({ blocking }) => blocking.find(({ assetId }) => assetId === 'c2')?.side).slice(0, 2)).toEqual([
      'left',
      'left',
    ]);
    expect(coverage(told, shots, library).lineCrossings).toBe(0);
  });

  test('pictures the script does not tell are few, and say why they are there', () => {
    const many = Array.from({ length: 30 }, (_, i) => shows(`谢灯儿挂第${i + 1}盏灯。`));
    const shots = directed(
      episode([scene('1-1', many)]),
      ...many.flatMap((one): Direction[] => [
        { elementIds: ids(one) },
        { elementIds: [], size: 'LS', unsourced: '空镜' },
      ]),
    );
    const bare = shots.filter(({ elementIds, lines }) => elementIds.length + lines.length === 0);
    expect(bare.map(({ unsourced }) => unsourced)).toEqual(['空镜']);
  });
});

const someone = fc.record(
  {
    assetId: fc.constantFrom('c1', 'c2', 'c3', 'x1', ''),
    name: fc.constantFrom('谢灯儿', '裴照', '陌生人'),
    side: fc.constantFrom('left' as const, 'centre' as const, 'right' as const),
    facing: fc.constantFrom('left' as const, 'right' as const, 'camera' as const, 'away' as const),
    variant: fc.constantFrom('', '男装', '婚纱'),
  },
  { requiredKeys: ['assetId', 'name'] },
);
const words = fc.constantFrom('', '他笑了。', 'She turns.', '灯影摇曳', '。', '"');
const said = fc.record({ zh: words, en: words }, { requiredKeys: [] });

/** Any directions of a scene: its elements, those of others and none, in any order and any number of times. */
const directionOf = (all: readonly string[]): fc.Arbitrary<Direction> =>
  fc.record(
    {
      elementIds: fc.array(fc.constantFrom(...all, 'no-such'), { maxLength: 5 }),
      size: fc.constantFrom(...ShotSize.options),
      angle: fc.constantFrom(...CameraAngle.options),
      movement: fc.constantFrom(...Movement.options),
      purpose: fc.constantFrom(...ShotContent.shape.purpose.options),
      people: fc.array(someone, { maxLength: 4 }),
      propAssetIds: fc.subarray(['p1', 'p2', 'p99']),
      wishes: fc.record({ duration: fc.double({ min: 0.1, max: 90, noNaN: true }), acting: words, composition: words, soundEffect: words, transition: fc.constantFrom('cut' as const, 'dissolve' as const), continuity: fc.array(words, { maxLength: 2 }) }, { requiredKeys: [] }), // biome-ignore format: one thought
      picture: said,
      motion: said,
      ending: said,
      unsourced: words,
    },
    { requiredKeys: ['elementIds'] },
  );

const anyDirected = anyEpisode.chain((one) => {
  const all = one.scenes.flatMap((each) => each.elements.map(({ id }) => id));
  const directions = fc.array(directionOf(all.length > 0 ? all : ['none']), { maxLength: 12 });
  return fc.tuple(fc.constant(one), fc.tuple(...one.scenes.map(() => fc.option(directions, { nil: undefined }))));
});

const asked = (scenes: readonly Scene[], lists: readonly (Direction[] | undefined)[]) =>
  new Map(scenes.flatMap(({ id }, i) => (lists[i] ? [[id, lists[i]] as const] : [])));

test('whatever a director says, no line is lost, doubled, altered or out of place, and all can be filmed', () => {
  fc.assert(
    fc.property(anyDirected, ([one, lists]) => {
      const shots = composeDirected(one, library, style, asked(one.scenes, lists));
      expect(repair(one, shots, library, style)).toEqual(shots);
      const report = coverage(one, shots, library);
      expect(report.issues).toEqual([]);
      expect(report.complete).toBe(true);
      expect(report.lineCrossings).toBe(0);
      const measures = measure([{ episode: one, shots }], library);
      for (const name of ['dialogueOnce', 'dialogueTwice', 'order', 'sceneCoverage', 'references', 'actionCoverage', 'unsourcedMarked', 'longestShot', 'longEnough', 'newPlaceWide', 'costumes', 'lineCrossings'] as const) // biome-ignore format: a list
        expect(measures[name], name).toMatchObject({ holds: true });
      for (const shot of shots)
        for (const name of promptNames)
          for (const language of promptLanguages) expect(faultsOf(shot, name, language)).toEqual([]);
      expect(new Set(shots.map(({ key }) => key)).size).toBe(shots.length);
    }),
    { numRuns: 120 },
  );
});

test('a director who says nothing leaves the storyboard the engine’s own', () => {
  expect(composeDirected(told, library, style, new Map())).toEqual(composeEpisode(told, library, style));
});
