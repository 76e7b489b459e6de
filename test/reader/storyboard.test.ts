// A model directs: what it decides is taken, what it gets wrong is put right, and the script is whole in any case.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Shot } from '../../core/reader/storyboard/answer.ts';
import type { Episode } from '../../core/script/index.ts';
import { composeEpisode, coverage, type Measures, measure } from '../../core/storyboard/index.ts';
import { directedBy } from '../kit/readers/storyboard.ts';
import { toldOf } from '../storyboard/drama.ts';
import { anyEpisode, element, episode, library, says, scene, shows, style } from '../storyboard/stage.ts';
import { boardWith, callsFor, tokensOf } from './board.ts';
import { givenOf as extractionOf, callsFor as extractionsFor } from './stage.ts';

const drama = await toldOf('demo/zh_jindenglu.txt');
const dramaStyle = { visualStyle: '国风写实', language: 'zh', aspect: '9:16' } as const;
const inDrama = (one: Episode) => ({ episode: one, cast: drama.cast, style: dramaStyle });
const missed = (measures: Measures) =>
  Object.entries(measures).flatMap(([name, { holds, value, outside }]) => (holds ? [] : [{ name, value, outside }]));

describe('the demo drama, directed', () => {
  const boards = drama.document.episodes.map((one) => boardWith(inDrama(one), directedBy));

  test('meets every bar as a whole, and nothing had to be put right', () => {
    const told = drama.document.episodes.map((one, i) => ({ episode: one, shots: boards[i]!.shots }));
    expect(missed(measure(told, drama.cast))).toEqual([]);
    expect(boards.map(({ mended }) => mended)).toEqual(boards.map(() => 0));
  });

  test('is the model’s in every scene', () => {
    for (const [i, { scenes }] of drama.document.episodes.entries())
      expect(boards[i]!.directed).toEqual(scenes.map(({ id }) => id));
    for (const shot of boards.flatMap(({ shots }) => shots)) expect(shot.composition).toBe('三分法构图');
  });
});

describe('tokens of input', () => {
  const season = drama.document.episodes.reduce((sum, one) => sum + tokensOf(callsFor(inDrama(one))), 0);

  test('of the storyboard of twenty episodes are 60,000 at most', () => expect(season).toBeLessThanOrEqual(60_000));

  test('of a scene that is asked about again are 2 % of that, and nothing else is', () => {
    for (const one of drama.document.episodes)
      for (const { id } of one.scenes) {
        const calls = callsFor(inDrama(one), (wanted) => wanted === id);
        expect(calls).toHaveLength(1);
        expect(tokensOf(calls)).toBeLessThanOrEqual(0.02 * 60_000);
      }
  });

  test('of extraction and storyboard of an episode of 2,000 characters are 12,000 at most', () => {
    const { document } = drama;
    const [first, second, third] = document.episodes.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    const scenes = [...first!.scenes, ...second!.scenes, ...third!.scenes];
    const upTo = scenes.findIndex((_, i) => sizeOf({ scenes: scenes.slice(0, i + 1) }) > 2000);
    const long = { ...first!, scenes: scenes.slice(0, upTo) };
    expect(sizeOf(long)).toBeGreaterThan(1800);
    const read = extractionsFor(extractionOf({ ...document, episodes: [long] }, long.number));
    expect(tokensOf([...read.map(({ call }) => call), ...callsFor(inDrama(long))])).toBeLessThanOrEqual(12_000);
  });
});

const sizeOf = ({ scenes }: Pick<Episode, 'scenes'>): number =>
  scenes.reduce((sum, { elements }) => sum + elements.reduce((all, { text }) => all + text.length, 0), 0);

const enter = shows('谢灯儿踩着梯子挂灯，裴照翻身下马。');
const asks = says('裴照', '谁动过这盏走马灯？');
const denies = says('谢姑娘', '我没有动过它。');
const caption = element({ kind: 'caption', text: '三年后' });
const needle = shows('银针落在案上。');
const told = episode(
  [scene('1-1', [enter, asks, denies]), scene('1-2', [caption, needle], { location: '大理寺正堂' })],
  3,
);
const given = { episode: told, cast: library, style };
/** Lines are numbered through the episode: 1 enter, 2 asks, 3 denies, 4 caption, 5 needle. */
const directed = (...shots: object[]) => boardWith(given, () => ({ shots }));

describe('what a model decides', () => {
  test('is the cut, the camera, who is seen and every word about the shot', () => {
    const { shots, mended } = directed(
      { e: [1], cam: 'LS high crane 24mm deep' },
      {
        e: [2, 3],
        who: ['谢姑娘|L|R|男装', '裴照 | R'],
        prop: ['走马灯'],
        cam: '近景 仰拍 push in, slow; 85mm shallow 6.5s 0.5x',
        goal: 'reaction',
        title: '对峙',
        comp: '前景灯架压框',
        focus: '裴照 → 走马灯',
        act: '按住灯架不放',
        emo: '戒备',
        light: '烛光侧逆，3200K',
        air: '凝滞',
        fx: '浮尘',
        tech: '长镜头',
        beat: '第一次交锋',
        rhythm: '缓',
        sfx: '灯纸轻响',
        amb: '市声渐远',
        score: '低音弦乐',
        res: '两人对视',
        keep: '灯在左手；梯子未收',
        img: '两人隔灯相望',
        imgEn: 'Two people face each other across the lantern',
        vid: '灯影掠过两人的脸',
        vidEn: 'Lantern shadows cross their faces',
        end: '灯停',
        endEn: 'The lantern stands still',
        neg: '现代物件',
      },
      { e: [4, 5], cam: 'ELS', cut: '叠化' },
    );
    expect(mended).toBe(0);
    expect(shots).toHaveLength(3);
    expect(shots[0]).toMatchObject({
      size: 'LS',
      angle: 'high',
      movement: 'crane',
      lens: '24mm',
      depthOfField: 'deep',
    });
    expect(shots[1]).toMatchObject({
      size: 'MCU',
      angle: 'low',
      movement: 'push_in',
      speed: 'slow',
      lens: '85mm',
      depthOfField: 'shallow',
      duration: 6.5,
      playback: 0.5,
      purpose: 'reaction',
      title: '对峙',
      composition: '前景灯架压框',
      focus: '裴照',
      focusShift: '裴照 → 走马灯',
      acting: '按住灯架不放',
      emotion: '戒备',
      lighting: '烛光侧逆',
      colorTemperature: '3200K',
      atmosphere: '凝滞',
      effects: '浮尘',
      technique: '长镜头',
      narrative: '第一次交锋',
      rhythm: '缓',
      soundEffect: '灯纸轻响',
      ambience: '市声渐远',
      score: '低音弦乐',
      result: '两人对视',
      continuity: ['灯在左手', '梯子未收'],
      negativePrompt: '现代物件',
      propAssetIds: ['p1'],
      blocking: [
        { assetId: 'c1', name: '谢灯儿', side: 'left', facing: 'right', variant: '男装' },
        { assetId: 'c2', name: '裴照', side: 'right', facing: 'left', variant: '' },
      ],
    });
    expect(shots[1]!.lines.map(({ text }) => text)).toEqual([asks.text, denies.text]);
    expect(shots[1]!.imagePrompt.zh).toMatch(/西市街口.*夜.*谢灯儿（.*男装.*两人隔灯相望。前景灯架压框/);
    expect(shots[1]!.imagePrompt.en).toContain('Two people face each other across the lantern');
    expect(shots[1]!.videoPrompt.zh).toMatch(/灯影掠过两人的脸.*按住灯架不放.*谁动过这盏走马灯？/);
    expect(shots[1]!.endFrame.zh).toMatch(/尾帧：灯停。$/);
    expect(shots[1]!.endFrame.en).toMatch(/Last frame: The lantern stands still\.$/);
    expect(shots[2]).toMatchObject({ sceneNumber: '1-2', size: 'ELS', transition: 'dissolve', caption: '三年后' });
  });

  test('is filled up by the engine where it says nothing', () => {
    const { shots } = directed({ e: [1] }, { e: [2] }, { e: [3] }, { e: [4, 5] });
    const own = composeEpisode(told, library, style);
    expect(shots.map(({ key }) => key)).toEqual(own.map(({ key }) => key));
    expect(missed(measure([{ episode: told, shots }], library)).filter(({ name }) => name === 'prompts')).toEqual([]);
  });

  test('is one picture in front of a new place, and it says why', () => {
    const many = Array.from({ length: 24 }, (_, i) => says('裴照', `第${i + 1}盏灯是谁挂的？`));
    const one = episode([scene('1-1', [enter, ...many]), scene('1-2', [needle], { location: '大理寺正堂' })]);
    const shots = [
      ...[enter, ...many].map((_, i) => ({ e: [i + 1] })),
      { e: [], cam: 'ELS', why: '公堂第一次出现' },
      { e: [26], cam: 'CU' },
    ];
    const board = boardWith({ episode: one, cast: library, style }, () => ({ shots }));
    const bare = board.shots.filter(({ elementIds, lines }) => elementIds.length + lines.length === 0);
    expect(bare).toMatchObject([{ sceneNumber: '1-2', size: 'ELS', unsourced: '公堂第一次出现' }]);
  });
});

test('an English script is directed in English, its Chinese prompts in Chinese', () => {
  const people = [
    { id: 'c1', name: 'JOHN', forms: ['JOHN', 'John'], gender: 'male', look: '', variants: [] },
    { id: 'c2', name: 'MARY', forms: ['MARY', 'Mary'], gender: 'female', look: '', variants: [] },
  ];
  const cast = { characters: people, locations: [], props: [], extras: [], ambiguous: {} };
  const english = episode([
    scene('1', [shows('John shuts the door behind Mary.'), says('JOHN', 'You came back.')], {
      heading: 'INT. DINER - NIGHT',
      location: 'DINER',
      cast: [],
    }),
  ]);
  const [call] = callsFor({ episode: english, cast, style: { ...style, language: 'en' } });
  expect(call!.prompt.system).toContain('Write in English');
  expect(call!.prompt.messages[0]!.text).toContain('people: JOHN、Mary');
  const board = boardWith({ episode: english, cast, style: { ...style, language: 'en' } }, () => ({
    shots: [
      {
        e: [1],
        cam: 'LS static',
        who: ['John|L', 'Mary|R'],
        comp: 'door frame between them',
        vid: '门缓缓合上',
        vidEn: 'The door swings shut',
      },
      { e: [2], cam: 'close-up, slow push in', who: ['JOHN'], emo: 'guarded', light: 'neon glow, 3200K' },
    ],
  }));
  expect(board.mended).toBe(0);
  expect(board.shots).toMatchObject([
    { composition: 'door frame between them', blocking: [{ assetId: 'c1' }, { assetId: 'c2' }] },
    { size: 'CU', movement: 'push_in', emotion: 'guarded', lighting: 'neon glow', colorTemperature: '3200K' },
  ]);
  expect(board.shots[0]!.videoPrompt.zh).toContain('门缓缓合上');
  expect(board.shots[0]!.videoPrompt.en).toContain('The door swings shut');
});

describe('a model that', () => {
  const spoken = (shots: readonly { lines: readonly { text: string }[] }[]) =>
    shots.flatMap(({ lines }) => lines.map(({ text }) => text));
  const whole = ({ shots, mended }: ReturnType<typeof directed>) => {
    expect(coverage(told, shots, library)).toMatchObject({ complete: true, issues: [] });
    expect(spoken(shots)).toEqual([asks.text, denies.text]);
    return { shots, mended };
  };

  test('leaves lines out loses none', () => expect(whole(directed({ e: [1] }, { e: [2] }, { e: [5] })).mended).toBe(1));
  test('says a line twice has it said once', () =>
    expect(whole(directed({ e: [1] }, { e: [2, 3] }, { e: [3] }, { e: [5] })).mended).toBe(1));
  test('turns the order round has it turned back', () =>
    whole(directed({ e: [5] }, { e: [3] }, { e: [2] }, { e: [1] })));
  test('takes lines of two scenes into one shot has only those of the first in it', () =>
    expect(whole(directed({ e: [1] }, { e: [2, 3, 5] })).mended).toBe(1));
  test('names lines that are not there', () =>
    expect(whole(directed({ e: [1, 77] }, { e: [2, 3] }, { e: [5, -1, 0.5] })).mended).toBe(3));

  test('brings in people, things and looks has none of them', () => {
    const { shots, mended } = whole(
      directed(
        { e: [1], who: ['谢灯儿|L||嫁衣', '皇帝'], prop: ['玉玺'] },
        { e: [2], who: ['皇帝'] },
        { e: [3] },
        { e: [5] },
      ),
    );
    expect(mended).toBe(4);
    expect(shots[0]!.blocking).toMatchObject([{ name: '谢灯儿', variant: '男装' }]);
    expect(shots[1]!.blocking.map(({ name }) => name)).toContain('裴照');
    expect(JSON.stringify(shots)).not.toMatch(/皇帝|玉玺|嫁衣/);
  });

  test('answers in another language has the engine’s words', () => {
    const foreign = { emo: 'tense', comp: 'らんぷの光', img: 'Two people', imgEn: '两个人隔灯相望' };
    const { shots, mended } = whole(directed({ e: [1], ...foreign }, { e: [2] }, { e: [3] }, { e: [5] }));
    expect(mended).toBe(4);
    expect(shots[0]!.composition).toBeUndefined();
    expect(shots[0]!.imagePrompt.zh).not.toContain('Two people');
    expect(shots[0]!.imagePrompt.en).not.toContain('两个人');
    expect(shots[0]!.emotion).not.toBe('tense');
  });

  test('writes speech of its own is not quoted; what the script says may be', () => {
    const { shots, mended } = whole(
      directed({ e: [1], vid: '裴照喝道：“拿下！”' }, { e: [2], vid: '他念出“走马灯”三字' }, { e: [3] }, { e: [5] }),
    );
    expect(mended).toBe(1);
    expect(shots[0]!.videoPrompt.zh).not.toContain('拿下');
    expect(shots[1]!.videoPrompt.zh).toContain('念出“走马灯”三字');
  });

  test('leaves a scene out has the engine’s own shots there, and its own elsewhere', () => {
    const board = whole(directed({ e: [1], comp: '对角线' }, { e: [2] }, { e: [3] }));
    const own = composeEpisode(told, library, style).filter(({ sceneNumber }) => sceneNumber === '1-2');
    expect(board.shots.filter(({ sceneNumber }) => sceneNumber === '1-2')).toEqual(own);
    expect(board.shots[0]!.composition).toBe('对角线');
  });

  test('puts a whole scene into one shot is asked again', () => {
    const many = episode([
      scene(
        '1-1',
        Array.from({ length: 12 }, (_, i) => says('裴照', `第${i + 1}盏。`)),
      ),
    ]);
    const [call] = callsFor({ episode: many, cast: library, style });
    const all = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(call!.check!({ shots: [{ e: all }] })).toContain('1 shots for 12 lines');
    expect(call!.check!({ shots: all.map((e) => ({ e: [e] })) })).toBeUndefined();
    expect(call!.check!({ shots: [{ e: [1] }, { e: [2] }, { e: [3] }] })).toContain('4 5 6 7 8 9 10 11 12');
  });
});

const words = fc.constantFrom(
  '',
  'CU',
  'push_in 4s',
  '他笑了。',
  'She turns.',
  '灯影“摇曳”',
  'らんぷ',
  '大特写，跟，400mm 99s',
);
const names = fc.constantFrom(
  '谢灯儿',
  '谢姑娘|R|L|男装',
  '裴照|左',
  '|||',
  '百姓若干',
  '陌生人|c|a',
  '皇帝',
  '走马灯',
  '银针',
);
const fields = Object.keys(Shot.shape).filter((name) => !['e', 'who', 'prop'].includes(name));
const anyShot = fc.record(
  {
    e: fc.array(fc.oneof(fc.integer({ min: -2, max: 60 }), fc.double({ noDefaultInfinity: true, noNaN: true })), {
      maxLength: 6,
    }),
    who: fc.array(names, { maxLength: 4 }),
    prop: fc.array(names, { maxLength: 3 }),
    ...Object.fromEntries(fields.map((name) => [name, words])),
  },
  { requiredKeys: ['e'] },
);

test('whatever a model answers, no line is lost, doubled, altered or out of place, and nothing is there that does not exist', () => {
  fc.assert(
    fc.property(anyEpisode, fc.array(anyShot, { maxLength: 30 }), (one, shots) => {
      const board = boardWith({ episode: one, cast: library, style }, () => ({ shots }));
      const report = coverage(one, board.shots, library);
      expect(report.issues).toEqual([]);
      expect(report.complete).toBe(true);
      expect(report.duration.longest).toBeLessThanOrEqual(15);
      const measures = measure([{ episode: one, shots: board.shots }], library);
      for (const name of ['dialogueOnce', 'order', 'references', 'unsourcedMarked', 'longEnough', 'newPlaceWide', 'costumes', 'lineCrossings'] as const) // biome-ignore format: a list
        expect(measures[name], name).toMatchObject({ holds: true });
    }),
    { numRuns: 120 },
  );
});
