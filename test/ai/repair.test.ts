// JSON as models write it: what was meant is read, what is missing is not guessed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { judge } from '../../core/ai/judge.ts';
import { objectIn } from '../../core/ai/repair.ts';

const leaf = fc.oneof(
  fc.constantFrom(
    '谢灯儿',
    '“谁？”',
    'a {brace} and [bracket]',
    '他说：走！',
    '',
    'it’s',
    '```',
    '<think>',
    'line\nbreak',
    '{"a":1}',
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,8}$/).filter((one) => one !== '__proto__');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}));
const object = fc
  .dictionary(name, value, { minKeys: 1, maxKeys: 5 })
  .map((one) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>);

/** Texts whose words cannot be mistaken for JSON, for faults that need room for doubt. */
const plainLeaf = fc.oneof(
  fc.constantFrom('谢灯儿', '长安西市', 'West Market', '十九岁'),
  fc.integer({ min: -99, max: 99 }),
  fc.boolean(),
  fc.constant(null),
);
const { plain } = fc.letrec<{ plain: unknown }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small' },
    plainLeaf,
    fc.array(tie('plain'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(name, tie('plain'), { minKeys: 1, maxKeys: 3 }),
  ),
}));
const plainObject = fc
  .dictionary(name, plain, { minKeys: 1, maxKeys: 4 })
  .map((one) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>);

const reads = (arbitrary: fc.Arbitrary<Record<string, unknown>>, broken: (json: string) => string) =>
  fc.assert(
    fc.property(arbitrary, fc.constantFrom(0, 2), (wanted, indent) => {
      expect(objectIn(broken(JSON.stringify(wanted, null, indent)))).toEqual(wanted);
    }),
    { numRuns: 300 },
  );

describe('an object', () => {
  test.each([
    ['as it is', (json: string) => json],
    ['in a fence', (json: string) => `\`\`\`json\n${json}\n\`\`\``],
    ['with prose around', (json: string) => `当然！结果如下：\n${json}\n希望有帮助。`],
    ['after thinking', (json: string) => `<think>maybe {"a": 1}?</think>\n${json}`],
    ['behind a byte order mark', (json: string) => `\uFEFF${json}`],
  ])('%s is read, whatever it holds', (_, broken) => reads(object, broken));

  test.each([
    ['with commas too many', (json: string) => json.replace(/([\]}])/g, ',$1').replace(/^\{,/, '{')],
    ['with names without quotes', (json: string) => json.replace(/"([a-zA-Z][a-zA-Z0-9_]*)"(?=\s*:)/g, '$1')],
    ['with full-width colons', (json: string) => json.replace(/":/g, '"：')],
    ['with curly quotes', (json: string) => json.replace(/"([^"]*)"/g, '“$1”')],
    ['with single quotes', (json: string) => json.replaceAll('"', "'")],
    [
      'in Python’s words',
      (json: string) =>
        json
          .replace(/\btrue\b/g, 'True')
          .replace(/\bfalse\b/g, 'False')
          .replace(/\bnull\b/g, 'None'),
    ],
    ['with comments', (json: string) => json.replace(/\{/g, '{ /* {people} */ ')],
    ['not closed at its end', (json: string) => json.replace(/\s*\}$/, '')],
  ])('%s is read', (_, broken) => reads(plainObject, broken));

  test.each([
    ['{"text": "他说"你好"就走了", "n": 1}', { text: '他说"你好"就走了', n: 1 }],
    ['{"text": "“谁？”灯儿问", "n": 1}', { text: '“谁？”灯儿问', n: 1 }],
    ['{"a": "x" "b": 2}', { a: 'x', b: 2 }],
    ['{"b": ["x" "y"]}', { b: ['x', 'y'] }],
    ['{"a": 第三场, "b": 19岁}', { a: '第三场', b: '19岁' }],
    ['{"a": , "b": 2}', { a: null, b: 2 }],
    ['{"people":[{"name":"灯儿","age":19]}', { people: [{ name: '灯儿', age: 19 }] }],
    ['{"a":"line\nbreak","b":"\\u706f\\儿"}', { a: 'line\nbreak', b: '灯儿' }],
    ['先看 {"draft": 1} 再看 {"people": [], "final": true}', { people: [], final: true }],
  ])('%s', (text, wanted) => {
    expect(objectIn(text)).toEqual(wanted);
  });
});

describe('nothing', () => {
  test.each([
    '',
    '对不起，我无法回答。',
    '[1, 2]',
    '"text"',
    '{"a": "cut in the mid',
    '{"people":[{"name":"谢',
    '{',
    '{{{{{{',
  ])('is read out of %j that would be a guess', (text) => {
    const read = objectIn(text);
    expect(read === undefined || Object.keys(read).length === 0).toBe(true);
  });

  test('is read out of a list that may go on, wherever it ends', () => {
    const list = fc.array(fc.record({ name: fc.constantFrom('灯儿', '李砚'), age: fc.integer({ min: 1, max: 99 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(list, fc.nat(), (people, seed) => {
        const json = JSON.stringify({ people });
        const cut = json.slice(0, 11 + (seed % (json.length - 12)));
        expect(objectIn(cut)).toBeUndefined();
      }),
    );
  });

  test('breaks the reader, and nothing keeps it long', () => {
    const noise = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', "'", ':', ',', '\\', '“', '\n', '1', 'a', '/*', '<think>'),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const read = objectIn(parts.join(''));
        expect(read === undefined || typeof read === 'object').toBe(true);
      }),
      { numRuns: 500 },
    );
    for (const long of [
      '{'.repeat(200_000),
      '{"a":'.repeat(50_000),
      `{"a": "${'"x '.repeat(100_000)}`,
      '{}'.repeat(100_000),
    ])
      objectIn(long);
  });
});

describe('an answer whose form is a little off', () => {
  const Shots = z.object({ shots: z.array(z.object({ e: z.array(z.number()), why: z.string().optional() })) });
  const Rows = z.object({ rows: z.array(z.object({ k: z.enum(['look', 'age']), n: z.string(), q: z.string() })), rest: z.array(z.string()) }); // biome-ignore format: one thought
  const read = (schema: z.ZodType, said: unknown) => judge({ schema }, JSON.stringify(said));

  test.each([
    [{ shots: [{ e: '1' }, { e: 2 }] }, { shots: [{ e: [1] }, { e: [2] }] }],
    [{ shots: [{ e: ['1', '2'] }] }, { shots: [{ e: [1, 2] }] }],
    [{ shots: [{ e: '2、3' }] }, { shots: [{ e: [2, 3] }] }],
    [{ shots: [{ e: ['#2', 'L3', 'line 4', '第5行'] }] }, { shots: [{ e: [2, 3, 4, 5] }] }],
    [{ shots: [{ e: [1] }, { e: null, why: '空镜' }, { why: '空镜' }] }, { shots: [{ e: [1] }, { e: [], why: '空镜' }, { e: [], why: '空镜' }] }], // biome-ignore format: one thought
  ])('%j is read as it was meant', (said, value) => expect(read(Shots, said)).toEqual({ value }));

  test.each([
    [{ Shots: [{ E: [1], WHY: '空镜' }] }, { shots: [{ e: [1], why: '空镜' }] }],
    [{ storyboard: [{ e: [1] }], title: '第一集' }, { shots: [{ e: [1] }] }],
    [{ scenes: [{ id: '1-1', shots: [{ e: [1] }] }, { id: '1-2', shots: [{ e: [2] }] }] }, { shots: [{ e: [1] }, { e: [2] }] }],
    [[{ shots: [{ e: [1] }] }, { shots: [{ e: [2] }, { e: [3] }] }], { shots: [{ e: [1] }, { e: [2] }, { e: [3] }] }],
  ])('%j is read in names of its own, and in parts', (said, value) => expect(read(Shots, said)).toEqual({ value })); // biome-ignore format: one thought

  test('in another style of names loses no field that may be missing', () => {
    const Both = z.object({ imgEn: z.string().optional(), img: z.string() });
    expect(read(Both, { img: '灯塔', img_en: 'A lighthouse' })).toEqual({ value: { img: '灯塔', imgEn: 'A lighthouse' } });
    expect(read(Both, { img: '灯塔', imgEn: 'A lighthouse', img_en: 'a ship' })).toEqual({ value: { img: '灯塔', imgEn: 'A lighthouse' } });
  }); // biome-ignore format: a table

  test('is read in words in capitals, numbers for words, and fields left out of a row', () => {
    const rows = [{ k: 'Look', n: '灯儿', q: '十九岁' }, { k: 'AGE', n: 19, q: '十九岁' }, { k: 'age', n: '灯儿' }]; // biome-ignore format: one thought
    expect(read(Rows, { rows, rest: [] })).toEqual({
      value: { rows: [{ k: 'look', n: '灯儿', q: '十九岁' }, { k: 'age', n: '19', q: '十九岁' }, { k: 'age', n: '灯儿', q: '' }], rest: [] },
    }); // biome-ignore format: one thought
  });

  test.each([
    [Shots, { answer: 42 }],
    [Shots, { shots: [{ e: 'the first' }] }],
    [Shots, { shots: [{ e: ['1-3'] }] }],
    [Shots, { shots: '1' }],
    [Rows, { rows: [] }],
    [Rows, { rows: [{ k: 'clothing', n: '灯儿', q: '' }], rest: [] }],
    [Rows, [{ k: 'look', n: '灯儿', q: '' }]],
    [Rows, { rows: [{ k: 'look', n: ['灯儿', '李砚'], q: '' }], rest: [] }],
    [Shots, { notes: [{ line: 1 }] }],
    [Shots, { questions: [{ why: '第3行是标题吗？' }] }],
    [Shots, { Shots: [{ e: [1] }], SHOTS: [{ e: [2] }] }],
    [Shots, { shot_list: [{ e: [1] }], draft: [{ e: [2] }] }],
    [Shots, { draft: { shots: [{ e: [1] }] }, final: { shots: [{ e: [2] }] } }],
  ])('is no answer where it would have to be guessed: %#', (schema, said) => {
    expect(read(schema, said)).toHaveProperty('fault');
  });

  test('keeps nobody long', () => {
    for (const long of ['['.repeat(200_000), '[]'.repeat(100_000), `[${'{"e":"1"},'.repeat(20_000)}]`])
      judge({ schema: Shots }, long);
  });

  test.each([
    ['with brackets in front of the list', 'Lines []\nresult: [{"e":[1]}]'],
    ['in thinking behind which nothing is answered', 'Maybe {"shots":[{"e":[9]}]}\n</think>\nI cannot say.'],
  ])('is no answer %s', (_, said) => expect(judge({ schema: Shots }, said)).toHaveProperty('fault'));

  test('is no answer where a list alone may go on', () => {
    expect(judge({ schema: Shots }, '[{"e":[1]},{"e":[2]}')).toHaveProperty('fault');
    expect(judge({ schema: Shots }, '[{"e":[1]},{"e":[2')).toHaveProperty('fault');
  });
});
