// A model's word on what the scorer doubts: it settles what nothing contradicts, and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubts, type Opinion, type PriorDecision } from '../../core/breakdown/index.ts';
import { broken, scene } from './drama.ts';

const by = { provider: 'deepseek', model: 'deepseek-flash' };
const at = { quote: '果然是你，苏晚。', line: 4, episode: 1 };
const said = (a: string, b: string, answer: Opinion['answer'], more: Partial<Opinion> = {}): Opinion => ({
  kind: 'character', a, b, answer, by, reason: '林越当面叫她苏晚', quotes: [at], ...more,
}); // biome-ignore format: one thought

const told = (text: string, opinions: Opinion[], prior: PriorDecision[] = []) =>
  broken(text, prior, 'drama.txt', opinions);
const episode = (...scenes: string[]) => `第1集\n${scenes.join('')}`;

/** Somebody calls `x` by the name of `y`: a sign that the two are one, and too little to merge them. */
const naming = (number: string, x: string, y: string) =>
  scene(number, '码头', `${x}、路人`, `路人：果然是你，${y}。`, `${x}：嗯。`);

const masked = episode(
  scene('1-1', '画室', '白鹭、林越', '林越：果然是你，苏晚。', '白鹭：我只是个修画的。'),
  scene('1-2', '书房', '苏晚、苏父', '苏晚：爸。', '苏父：坐。'),
);
const isOne = ({ asset }: ReturnType<typeof broken>, a: string, b: string) => asset(a)?.key === asset(b)?.key;

describe('a pair that waits', () => {
  test('is merged by "same", with model, reason and lines as evidence beside what the scorer found', () => {
    const drama = told(masked, [said('白鹭', '苏晚', 'same')]);
    expect(isOne(drama, '白鹭', '苏晚')).toBe(true);
    const { outcome, evidence, score } = drama.decision('白鹭', '苏晚')!;
    expect(outcome).toBe('merged');
    expect(score).toBeGreaterThanOrEqual(0.95);
    expect(evidence).toContainEqual({ rule: 'model_same', weight: 2.6, by, reason: '林越当面叫她苏晚', ...at });
    expect(evidence.map(({ rule }) => rule)).toContain('other_naming');
  });

  test('is refused by "different", and no longer asked of a person', () => {
    const drama = told(masked, [said('白鹭', '苏晚', 'different')]);
    expect(isOne(drama, '白鹭', '苏晚')).toBe(false);
    expect(drama.decision('白鹭', '苏晚')).toMatchObject({ outcome: 'refused' });
    expect(drama.decision('白鹭', '苏晚')?.evidence).toContainEqual(
      expect.objectContaining({ rule: 'model_different', by, reason: '林越当面叫她苏晚' }),
    );
  });

  test('waits on as it was by "unsure"', () => {
    expect(told(masked, [said('白鹭', '苏晚', 'unsure')]).resolution).toEqual(told(masked, []).resolution);
  });

  test('with no sign but the word of a model goes on waiting, with that word', () => {
    const text = episode(scene('1-1', '画室', '白鹭', '白鹭：来了。'), scene('1-2', '书房', '苏晚', '苏晚：坐。'));
    expect(told(text, []).decision('白鹭', '苏晚')).toBeUndefined();
    const drama = told(text, [said('白鹭', '苏晚', 'same')]);
    expect(isOne(drama, '白鹭', '苏晚')).toBe(false);
    expect(drama.decision('白鹭', '苏晚')).toMatchObject({ outcome: 'review', evidence: [{ rule: 'model_same' }] });
  });

  test('is what a person said, whatever a model says', () => {
    const pair = { kind: 'character', a: '白鹭', b: '苏晚' } as const;
    const parted = told(masked, [said('白鹭', '苏晚', 'same')], [{ ...pair, outcome: 'rejected' }]);
    expect(isOne(parted, '白鹭', '苏晚')).toBe(false);
    const joined = told(masked, [said('白鹭', '苏晚', 'different')], [{ ...pair, outcome: 'accepted' }]);
    expect(isOne(joined, '白鹭', '苏晚')).toBe(true);
  });
});

describe('"same" is refused, and the pair waits for a person,', () => {
  const refused: [string, string, string][] = [
    [
      'where both speak in one scene',
      episode(scene('1-1', '院子', '路人', '白鹭：来了。', '苏晚：坐。')),
      'both_speak',
    ],
    [
      'where both stand in one cast line',
      episode(scene('1-1', '院子', '白鹭、苏晚', '白鹭：来了。')),
      'same_cast_line',
    ],
    [
      'where they are told to be a woman and a man',
      `人物小传\n1. 苏晚，女，二十岁，绣娘。\n2. 白鹭，男，三十岁，画师。\n\n${masked}`,
      'gender',
    ],
    [
      'where each has a biography',
      `人物小传\n1. 苏晚，二十岁，绣娘。\n2. 白鹭，二十岁，修画人。\n\n${masked}`,
      'own_biographies',
    ],
    [
      'where one calls the other',
      episode(scene('1-1', '画室', '白鹭', '白鹭：苏晚，你在哪里？'), scene('1-2', '书房', '苏晚', '苏晚：我在。')),
      'addresses',
    ],
  ];
  test.each(refused)('%s', (_, text, rule) => {
    const drama = told(text, [said('白鹭', '苏晚', 'same')]);
    expect(isOne(drama, '白鹭', '苏晚')).toBe(false);
    expect(drama.decision('白鹭', '苏晚')?.outcome).toBe('review');
    expect(drama.decision('白鹭', '苏晚')?.evidence.map((one) => one.rule)).toEqual(
      expect.arrayContaining(['model_same', rule]),
    );
  });

  test('where too much else speaks against it: who calls is never where the other is', () => {
    const text = episode(
      scene('1-1', '花厅', '苏婉、管家', '管家：苏馆长，请。', '苏婉：嗯。'),
      scene('1-2', '门口', '苏晚、林越', '林越：请。', '苏晚：好。'),
    );
    const drama = told(text, [said('苏馆长', '苏晚', 'same')]);
    expect(isOne(drama, '苏馆长', '苏晚')).toBe(false);
  });
});

describe('a name said to be two people', () => {
  const three = episode(
    naming('1-1', '白鹭', '苏晚'),
    naming('1-2', '白鹭', '林越'),
    scene('1-3', '书房', '苏晚、林越', '苏晚：林越，坐。', '林越：好。'),
  );

  test('is neither: who says yes to both is not believed, and nobody is troubled with it', () => {
    const drama = told(three, [said('白鹭', '苏晚', 'same'), said('白鹭', '林越', 'same')]);
    expect(drama.resolution).toEqual(told(three, []).resolution);
  });

  test('is the one where the other is told apart', () => {
    const drama = told(three, [said('白鹭', '苏晚', 'same'), said('白鹭', '林越', 'different')]);
    expect(isOne(drama, '白鹭', '苏晚')).toBe(true);
    expect(isOne(drama, '白鹭', '林越')).toBe(false);
  });

  test('is both where both are said to be one', () => {
    const apart = episode(
      naming('1-1', '白鹭', '苏晚'),
      naming('1-2', '白鹭', '青雀'),
      naming('1-3', '青雀', '苏晚'),
      scene('1-4', '书房', '苏晚', '苏晚：坐。'),
    );
    const drama = told(apart, [
      said('白鹭', '苏晚', 'same'),
      said('白鹭', '青雀', 'same'),
      said('青雀', '苏晚', 'same'),
    ]);
    expect(drama.forms('苏晚')).toEqual(['白鹭', '苏晚', '青雀'].sort());
  });
});

describe('a chain', () => {
  const four = episode(
    naming('1-1', '白鹭', '苏晚'),
    naming('1-2', '青雀', '白鹭'),
    naming('1-3', '林越', '青雀'),
    naming('1-4', '青雀', '苏晚'),
    naming('1-5', '林越', '白鹭'),
    scene('1-6', '书房', '苏晚、林越', '苏晚：林越，坐。', '林越：好。'),
  );

  test('of answers that ends in two who are apart joins none of its links', () => {
    const drama = told(four, [
      said('白鹭', '苏晚', 'same'),
      said('青雀', '白鹭', 'same'),
      said('林越', '青雀', 'same'),
    ]);
    const keys = ['白鹭', '苏晚', '林越', '青雀'].map((form) => drama.asset(form)?.key);
    expect(new Set(keys).size).toBe(4);
    expect(drama.decision('白鹭', '苏晚')?.outcome).toBe('review');
  });

  test('breaks where a model itself told the two ends apart', () => {
    const drama = told(four, [
      said('白鹭', '苏晚', 'same'),
      said('青雀', '苏晚', 'different'),
      said('青雀', '白鹭', 'same'),
    ]);
    expect(isOne(drama, '青雀', '苏晚')).toBe(false);
  });

  test('leaves links alone that are no part of it', () => {
    const drama = told(`${four}${naming('1-7', '黑鸦', '苏晚')}`, [
      said('白鹭', '苏晚', 'same'),
      said('林越', '白鹭', 'same'),
      said('黑鸦', '苏晚', 'same'),
    ]);
    expect(isOne(drama, '黑鸦', '苏晚')).toBe(true);
    expect(isOne(drama, '林越', '苏晚')).toBe(false);
  });
});

test('a name that was found to be somebody’s is no longer asked about with those who meet him', () => {
  const text = episode(
    scene('1-1', '画室', '白鹭、林越', '林越：果然是你，苏晚。', '白鹭：我只是个修画的。'),
    scene('1-2', '书房', '苏晚、青雀', '苏晚：坐。', '青雀：好。'),
    naming('1-3', '黑鸦', '苏晚'),
    scene('1-4', '前厅', '黑鸦、白鹭', '黑鸦：来了？', '白鹭：来了。'),
  );
  expect(told(text, []).decision('白鹭', '苏晚')?.outcome).toBe('review');
  const drama = told(text, [said('苏晚', '黑鸦', 'same')]);
  expect(isOne(drama, '苏晚', '黑鸦')).toBe(true);
  expect(drama.decision('白鹭', '苏晚')).toMatchObject({ outcome: 'refused' });
  expect(drama.decision('白鹭', '苏晚')?.evidence.map(({ rule }) => rule)).toContain('same_cast_line');
});

test('a form nobody claimed finds its person', () => {
  const text = `人物小传\n1. 太后，六十岁，皇帝的生母。\n\n${episode(
    scene('1-1', '慈宁宫', '太后、皇帝', '太后：皇帝来了。', '皇帝：儿臣请安。'),
    scene('1-2', '御花园', '皇帝', '皇帝：母后歇下了。'),
  )}`;
  expect(told(text, []).asset('母后')).toBeUndefined();
  expect(told(text, [said('母后', '太后', 'same')]).forms('太后')).toContain('母后');
});

test('people a form means scene by scene are those they were joined with', () => {
  const text = episode(
    scene('1-1', '画室', '白鹭、林越', '林越：姑娘，请坐。', '白鹭：多谢。'),
    naming('1-2', '苏晚', '白鹭'),
    scene('1-3', '院子', '青雀、林越', '林越：姑娘，留步。', '青雀：何事？'),
  );
  const before = told(text, []).meaning('姑娘');
  expect(Object.values(before)).toContain('白鹭');
  const { meaning, asset } = told(text, [said('白鹭', '苏晚', 'same')]);
  expect(Object.values(meaning('姑娘'))).toContain(asset('白鹭')?.name);
});

test('places and things are settled the same way', () => {
  const text = `第1集
${scene('1-1', '程家老宅客厅', '程知行', '程知行：回来了。')}${scene('1-2', '程家别墅客厅', '程知行', '程知行：走吧。')}`;
  const pair = { kind: 'location' as const, quotes: [] };
  expect(told(text, []).decision('程家别墅客厅', '程家老宅客厅')?.outcome).toBe('review');
  const { asset } = told(text, [said('程家别墅客厅', '程家老宅客厅', 'same', pair)]);
  expect(asset('程家老宅客厅', 'location')?.key).toBe(asset('程家别墅客厅', 'location')?.key);
});

test('forms the script does not have are passed over', () => {
  const drama = told(masked, [said('无名氏', '苏晚', 'same'), said('苏晚', '无名氏', 'same')]);
  expect(drama.resolution).toEqual(told(masked, []).resolution);
});

describe('whatever models say', () => {
  const people = ['白鹭', '苏晚', '林越', '青雀', '黑衣人', '苏馆长'];
  const form = fc.constantFrom(...people);
  const aScene = fc.tuple(
    fc.uniqueArray(form, { minLength: 1, maxLength: 2 }),
    fc.array(fc.tuple(form, form, fc.boolean()), { maxLength: 4 }),
  );
  const script = fc
    .array(aScene, { minLength: 2, maxLength: 8 })
    .map((scenes) =>
      episode(
        ...scenes.map(([cast, lines], index) =>
          scene(
            `1-${index + 1}`,
            '院子',
            cast.join('、'),
            ...lines.map(([who, whom, named]) => (named ? `路人：果然是你，${whom}。` : `${who}：${whom}，你来。`)),
          ),
        ),
      ),
    );
  const answer = fc.constantFrom('same', 'same', 'different', 'unsure');
  const opinions = fc.array(
    fc.tuple(form, form, answer).map(([a, b, is]) => said(a, b, is as Opinion['answer'])),
    { minLength: 4, maxLength: 12 },
  );
  const owners = ({ resolution }: ReturnType<typeof broken>) =>
    new Map(
      resolution.assets
        .filter(({ kind }) => kind === 'character')
        .flatMap(({ key, forms }) => forms.map(({ surface }): [string, string] => [surface, key])),
    );

  test('no two of one cast line become one who were not before, and what was one stays one', () => {
    fc.assert(
      fc.property(script, opinions, (text, answers) => {
        const [before, after] = [told(text, []), told(text, answers)];
        const [was, is] = [owners(before), owners(after)];
        for (const { scenes } of before.document.episodes)
          for (const { cast } of scenes)
            for (const a of cast)
              for (const b of cast) if (was.get(a) !== was.get(b)) expect(is.get(a)).not.toBe(is.get(b));
        for (const [a, key] of was) for (const [b, other] of was) if (key === other) expect(is.get(a)).toBe(is.get(b));
      }),
      { numRuns: 60 },
    );
  });

  test('the order they are heard in changes nothing', () => {
    fc.assert(
      fc.property(script, opinions, fc.integer({ min: 0 }), (text, answers, turn) => {
        const turned = answers.map((_, index) => answers[(index + turn) % answers.length]!).reverse();
        expect(told(text, turned).resolution).toEqual(told(text, answers).resolution);
      }),
      { numRuns: 60 },
    );
  });

  test('what is contradicted is not asked, and no pair is asked twice', () => {
    fc.assert(
      fc.property(script, (text) => {
        const { extractions, document, asset } = told(text, []);
        const asked = doubts(extractions).flatMap(({ about, candidates }) =>
          candidates.map((one) => [about.form, one.form]),
        );
        expect(new Set(asked.map((pair) => pair.toSorted().join())).size).toBe(asked.length);
        const together = new Set(
          document.episodes.flatMap(({ scenes }) =>
            scenes.flatMap(({ cast }) => cast.flatMap((a) => cast.map((b) => [asset(a)?.key, asset(b)?.key].join()))),
          ),
        );
        for (const [a, b] of asked) expect(together.has([asset(a!)?.key ?? a, asset(b!)?.key].join())).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
