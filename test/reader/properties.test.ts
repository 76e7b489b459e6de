// What holds for any answer of a model: nothing the grammar found is lost, and nothing comes in that the script does not have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolve, verifyQuotes } from '../../core/breakdown/index.ts';
import { type Answer, joined, Told } from '../../core/reader/extract/answer.ts';
import { type callsOf, scopeOf } from '../../core/reader/extract/call.ts';
import { merged } from '../../core/reader/extract/merge.ts';
import { readingOf } from '../../core/reader/extract/reading.ts';
import { parseText } from '../../core/script/index.ts';
import { drama } from './drama.ts';
import { callsFor, givenOf } from './stage.ts';

const document = parseText(drama);
const given = givenOf(document, 1);
const scope = scopeOf(given);
const kinds = Told.options;

const name = fc.oneof(
  fc.constantFrom('沈青', '顾言', '黑衣人', '林晚', '白先生', '老莫', '漆匣', '玉珏', '乌篷船', '渡口', '船舱', '赵无极', '我', '灯', '沈青·月白长裙'), // biome-ignore format: one list
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const line = fc.constantFrom(...scope.sheet.lines.map(({ element }) => element.text));
const words = fc.oneof(
  fc.tuple(line, fc.nat(20), fc.nat(20)).map(([text, from, length]) => text.slice(from, from + length)),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const fact = fc.record({
  k: fc.constantFrom(...kinds),
  n: name,
  v: fc.option(fc.oneof(name, words), { nil: undefined }),
  o: fc.option(name, { nil: undefined }),
  e: fc.oneof(fc.integer({ min: -2, max: 20 }), fc.double()),
  q: words,
});
const answer = fc.record({
  facts: fc.array(fact, { maxLength: 12 }),
  prompts: fc.array(fc.record({ n: name, zh: words, en: words }), { maxLength: 4 }),
});
const read = (answers: readonly Answer[]) => merged(given.found, readingOf(joined(answers), scope));
const holds = (check: (answers: Answer[]) => void) =>
  fc.assert(fc.property(fc.array(answer, { maxLength: 3 }), check), { numRuns: 200 });

test('everything the grammar found is there, in its place', () => {
  holds((answers) => {
    const { mentions, hints, genders = [] } = read(answers);
    expect(mentions.slice(0, given.found.mentions.length)).toEqual(given.found.mentions);
    expect(hints.slice(0, given.found.hints.length)).toEqual(given.found.hints);
    expect(genders.slice(0, given.found.genders?.length)).toEqual(given.found.genders);
  });
});

test('every mention is quoted from the element it names, and its words are in the script', () => {
  holds((answers) => {
    const extraction = read(answers);
    expect(verifyQuotes(extraction, document).refused).toEqual([]);
    const texts = scope.sheet.lines.flatMap(({ element }) => [
      element.text,
      element.paren ?? '',
      ...(element.speakers ?? []),
    ]);
    for (const { quote } of [...(extraction.traits ?? []), ...extraction.hints.map(({ evidence }) => evidence)])
      expect(texts.some((text) => text.includes(quote)) || drama.includes(quote)).toBe(true);
  });
});

test('every fact stands or is counted as left out', () => {
  holds((answers) => {
    for (const one of answers) {
      const { standing, dropped } = readingOf(one, scope);
      expect(standing + dropped.length).toBe(one.facts.length);
    }
  });
});

test('every person with a label or a line stays somebody, and nobody who is listed beside another becomes the same', () => {
  holds((answers) => {
    const { assets } = resolve([read(answers)]);
    const of = (form: string) =>
      assets.find(({ kind, forms }) => kind === 'character' && forms.some(({ surface }) => surface === form))?.key;
    expect(new Set(['沈青', '顾言', '黑衣人'].map(of)).size).toBe(3);
  });
});

test('the order of the answers changes nobody', () => {
  holds((answers) => {
    const people = (list: Answer[]) =>
      resolve([read(list)])
        .assets.map(({ kind, forms }) => JSON.stringify([kind, forms.map(({ surface }) => surface).sort()]))
        .sort();
    expect(people(answers.toReversed())).toEqual(people(answers));
  });
});

test('a part that is halved again and again holds every line once', () => {
  const long = givenOf(parseText(drama.replaceAll('△', `△${'江上起了雾。'.repeat(40)}`)), 1);
  const [{ call }] = callsFor(long) as [ReturnType<typeof callsOf>[number]];
  const numbers = (text: string) => [...text.matchAll(/^(\d+) /gm)].map(([, number]) => Number(number));
  const leaves = (one: typeof call, depth: number): number[] => {
    const pieces = depth > 0 ? one.split?.() : undefined;
    const own = one.prompt.messages[0]!.text.replace(/\[(before|after)\][\s\S]*?\[\/\1\]/g, '');
    return pieces ? pieces.calls.flatMap((piece) => leaves(piece, depth - 1)) : numbers(own);
  };
  for (const depth of [1, 2, 3, 6])
    expect([...new Set(leaves(call, depth))]).toEqual(numbers(call.prompt.messages[0]!.text));
});
