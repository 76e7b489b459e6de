// What the built-in storyboard promises for any script.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ComposedShot, composeEpisode, composeScene, coverage } from '../../core/storyboard/index.ts';
import { anyEpisode, element, episode, library, says, scene, shows, style } from './stage.ts';

describe('any episode', () => {
  test('keeps every line exactly once, in order, word for word, in shots of 15 seconds at most', () => {
    fc.assert(
      fc.property(anyEpisode, (told) => {
        const shots = composeEpisode(told, library, style);
        const report = coverage(told, shots, library);
        expect(report.issues).toEqual([]);
        expect(report.complete).toBe(true);
        expect(report.action.ratio).toBe(1);
        expect(report.scenes.covered).toBe(report.scenes.total);
        expect(report.lineCrossings).toBe(0);
        for (const shot of shots) {
          ComposedShot.parse(shot);
          if (shot.angle !== 'over_shoulder') continue;
          const [seen, behind] = shot.blocking;
          expect([behind!.facing, seen!.side === behind!.side]).toEqual(['away', false]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('gives the same shots again, each with a key of its own', () => {
    fc.assert(
      fc.property(anyEpisode, (told) => {
        const shots = composeEpisode(told, library, style);
        expect(composeEpisode(structuredClone(told), library, style)).toEqual(shots);
        expect(new Set(shots.map((shot) => shot.key)).size).toBe(shots.length);
      }),
      { numRuns: 60 },
    );
  });

  test('a scene composed alone gives the shots it has in the episode', () => {
    fc.assert(
      fc.property(anyEpisode, (told) => {
        const one = told.scenes.at(-1)!;
        const alone = composeScene(one, told.scenes, library, told.number, style);
        expect(alone).toEqual(composeEpisode(told, library, style).filter((shot) => shot.sceneId === one.id));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a scene of two people', () => {
  const talk = scene('1-1', [
    shows('灯山如昼。谢灯儿踩着梯子挂灯，裴照翻身下马。'),
    says('裴照', '谁动过这盏灯？'),
    says('谢灯儿', '量灯架就是杀人？那裁缝量过的人，岂不是都得死？', { paren: '怒' }),
    says('裴照', '原来是你在这里等着本官来问话。', { voice: 'OS' }),
    says('谢灯儿', '大人若是不信，尽管去问那些看灯的人。'),
    shows('裴照瞳孔骤缩。'),
  ]);
  const shots = composeScene(talk, [talk], library, 1, style);

  test('opens wide on the place', () => {
    expect(['LS', 'ELS']).toContain(shots[0]!.size);
    expect(shots[0]!.purpose).toBe('establishing');
  });

  test('keeps each of them on one side of the frame', () => {
    const sides = new Map<string, Set<string>>();
    for (const shot of shots)
      for (const { name, side } of shot.blocking) sides.set(name, (sides.get(name) ?? new Set()).add(side));
    expect([...sides.values()].every((held) => held.size === 1)).toBe(true);
    expect(sides.size).toBe(2);
  });

  test('comes close on a thought and on a face that reacts', () => {
    expect(shots.find((shot) => shot.lines[0]?.voice === 'OS')?.size).toBe('CU');
    expect(shots.at(-1)!.size).toBe('ECU');
  });

  test('says whom each line is meant for, and what the place sounds like', () => {
    const said = shots.flatMap((shot) => shot.lines);
    for (const { speakers, voice, to } of said)
      expect(to).toBe(voice === 'OS' ? '' : speakers[0] === '裴照' ? '谢灯儿' : '裴照');
    expect(shots[0]!.ambience).toContain('市声');
    expect(shots[0]!.ambience).toContain('夜虫');
  });

  test('gives the crew set-ups, rigs and stretches of 15 seconds, and a last frame where the camera moves', () => {
    const framed = ({ size, angle, blocking }: ComposedShot) =>
      [size, angle, ...blocking.map(({ name }) => name).toSorted()].join();
    for (const a of shots) for (const b of shots) expect(a.setup === b.setup).toBe(framed(a) === framed(b));
    const lengths = new Map<string, number>();
    for (const { track, duration } of shots) lengths.set(track, (lengths.get(track) ?? 0) + duration);
    for (const seconds of lengths.values()) expect(seconds).toBeLessThanOrEqual(15);
    for (const { movement, endFrame, imagePrompt } of shots) {
      const moves = movement !== 'static' && movement !== 'handheld';
      expect(endFrame.zh.startsWith(imagePrompt.zh)).toBe(moves);
      expect(endFrame.en.includes('Last frame')).toBe(moves);
    }
  });

  test('tells the models who, where and when in both languages', () => {
    for (const shot of shots) {
      expect(shot.imagePrompt.zh).toContain('西市街口');
      expect(shot.imagePrompt.zh).toContain('夜');
      expect(shot.imagePrompt.en).toContain('night');
      for (const { name } of shot.blocking) expect(shot.imagePrompt.en).toContain(name);
    }
  });
});

test('a line too long for one shot is cut at punctuation into consecutive shots that together say it all', () => {
  const long = '上元节那夜，我在灯下等了整整一宿，等到灯油都烧干了。'.repeat(6);
  const told = episode([scene('1-1', [shows('谢灯儿坐在灯下。'), says('谢灯儿', long)])]);
  const lines = composeEpisode(told, library, style).flatMap((shot) => shot.lines);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => line.text).join('')).toBe(long);
  for (const line of lines) expect(line.text).toMatch(/[。，]$/);
});

test('a speech in English is cut at punctuation, and between words where it has none', () => {
  const parts = (text: string) => {
    const told = episode([scene('1', [shows('Jim stands by the lamp.'), says('JIM', text)])]);
    const lines = composeEpisode(told, library, { ...style, language: 'en' }).flatMap((shot) => shot.lines);
    expect(lines.map((line) => line.text).join('')).toBe(text);
    return lines.map((line) => line.text);
  };
  const marked = parts(
    'I waited by the lamp all night at 10:30, and nobody came, not one of the 1,000 people I know. '.repeat(3),
  );
  expect(marked.length).toBeGreaterThan(2);
  for (const text of marked) expect(text).toMatch(/[,.] ?$/);
  const bare = parts('wait and see '.repeat(30).replaceAll('and', 'to').trim());
  expect(bare.length).toBeGreaterThan(1);
  for (const text of bare)
    expect(
      text
        .trim()
        .split(' ')
        .every((word) => ['wait', 'to', 'see'].includes(word)),
    ).toBe(true);
});

test('a text without end is quoted in short; the shot still cites all of it', () => {
  const told = episode([
    scene('1-1', [shows('火'.repeat(100_000)), element({ kind: 'caption', text: '火'.repeat(50_000) })]),
  ]);
  const shots = composeEpisode(told, library, style);
  expect(coverage(told, shots, library)).toMatchObject({ complete: true, issues: [] });
  for (const shot of shots) expect(JSON.stringify(shot).length).toBeLessThan(60_000);
});

test('a place seen for the first time while somebody speaks is shown first, marked as not in the script', () => {
  const lines = Array.from({ length: 30 }, (_, i) =>
    says(i % 2 ? '裴照' : '谢灯儿', `第${i}句话，要说得足够长才好看。`),
  );
  const told = episode([scene('1-1', lines)]);
  const [first, ...rest] = composeEpisode(told, library, style);
  expect(first).toMatchObject({ purpose: 'establishing', lines: [], elementIds: [] });
  expect(first!.unsourced).not.toBe('');
  expect(rest.every((shot) => shot.unsourced === '')).toBe(true);
});

describe('an action in English', () => {
  const someone = (id: string, name: string, gender: string) => ({
    id,
    name,
    forms: [name, name.toUpperCase()],
    gender,
    look: '',
    variants: [],
  });
  const cast = (mara: string, tom: string) => ({
    ...library,
    characters: [someone('c1', 'Mara', mara), someone('c2', 'Tom', tom)],
    props: [{ id: 'p1', name: 'suitcase', forms: ['suitcase'] }],
  });
  const shot = (people: ReturnType<typeof cast>, ...actions: string[]) => {
    const told = scene('1', [shows('Rain.'), ...actions.map(shows)], { cast: [], location: 'PIER' });
    return composeScene(told, [told], people, 1, { ...style, language: 'en' });
  };
  const named = ({ blocking }: ComposedShot) => blocking.map(({ name }) => name);

  test.each([
    'MARA (34, a soaked trench coat, a battered leather suitcase) runs down the long wooden pier.',
    'MARA, 34, a soaked trench coat, a battered leather suitcase, runs down the long wooden pier.',
    'MRS. WHITMORE sits under a portrait.',
    'Mara hears “the ferry, the suitcase, the last of all the letters, gone, all gone” down the pier.',
  ])('is not cut inside brackets, quotes, an introduction or behind a title: %s', (text) => {
    expect(shot(cast('', ''), text).map(({ action }) => action)).toEqual(['Rain.', text]);
  });

  test('is cut before a detail, where both parts say something', () => {
    const text = 'Mara runs down the long wooden pier in the cold rain, a battered suitcase dragging behind.';
    expect(shot(cast('', ''), text).map(({ action }) => action)).toEqual([
      'Rain.',
      'Mara runs down the long wooden pier in the cold rain,',
      'a battered suitcase dragging behind.',
    ]);
  });

  const walk = ['Mara and Tom walk up the gangway together.', 'He throws the pocket watch into the sea.'];

  test('with a pronoun shows and names whose gender it has', () => {
    for (const [mara, tom] of [
      ['female', 'male'],
      ['female', ''],
      ['', 'male'],
    ] as const) {
      const last = shot(cast(mara, tom), ...walk).at(-1)!;
      expect(named(last)).toEqual(['Tom']);
      expect(last.imagePrompt.en).toContain('Tom throws the pocket watch');
    }
  });

  test('with a pronoun that may mean either keeps it', () => {
    const last = shot(cast('', ''), ...walk).at(-1)!;
    expect(named(last)).toEqual(['Mara', 'Tom']);
    expect(last.imagePrompt.en).toContain('He throws the pocket watch');
  });

  test('about a thing is told of the thing', () => {
    const last = shot(cast('female', ''), 'Mara drops the suitcase.', 'It bursts open in her hand.').at(-1)!;
    expect(last.imagePrompt.en).toContain('It bursts open');
  });
});

test('她 of a sentence that names a man is a woman of the scene, and both are seen', () => {
  const told = scene('1-1', [shows('谢灯儿和裴照站在灯下。'), shows('她用尽全力一推，裴照滚出火圈。')]);
  const last = composeScene(told, [told], library, 1, style).at(-1)!;
  expect(last.blocking.map(({ name }) => name)).toEqual(['谢灯儿', '裴照']);
  expect(last.imagePrompt.zh).toContain('谢灯儿用尽全力一推');
});
