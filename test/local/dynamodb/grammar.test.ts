import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionOf } from '../../../local/dynamodb/expression/condition.ts';
import { dynalite, type ParsedCondition } from '../../../local/dynamodb/expression/dynalite.ts';
import { parseCondition } from '../../../local/dynamodb/expression/parse-condition.ts';
import type { Item, Value } from '../../../local/dynamodb/value/value.ts';

const names = { '#n': 'name', '#s': 'size' };
const values: Record<string, Value> = {
  ':1': { N: '1' },
  ':2': { N: '2' },
  ':a': { S: 'a' },
  ':type': { S: 'N' },
  ':set': { SS: ['a'] },
};

type Outcome = { readonly fault: string } | { readonly parsed: ParsedCondition };

const ours = (text: string): Outcome => {
  try {
    return { parsed: parseCondition(text, { names, values, used: new Set() }) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
};

/** The generated parser; names and values that the text does not use are left out. */
const theirs = (text: string): Outcome => {
  const used = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(name)));
  const given = { ExpressionAttributeNames: used(names), ExpressionAttributeValues: used(values) };
  const some = Object.fromEntries(Object.entries(given).filter(([, all]) => Object.keys(all).length > 0));
  const input: Record<string, unknown> = { ConditionExpression: text, ...some };
  const fault = dynalite.validateExpressions(input);
  return fault
    ? { fault: fault.replace('Invalid ConditionExpression: ', '') }
    : { parsed: input._condition as ParsedCondition };
};

const items: Item[] = [
  {},
  { a: { N: '1' }, name: { S: 'a' }, m: { M: { x: { N: '2' } } } },
  { a: { S: 'a' }, b: { N: '2' }, l: { L: [{ N: '1' }, { S: 'a' }] }, size: { SS: ['a', 'b'] } },
];

const judge = (parsed: ParsedCondition): boolean[] => {
  const meets = conditionOf(parsed.expression, new Map(Object.entries(values).map(([name, value]) => [value, name])));
  return items.map((item) => meets(item, values));
};

// `status` is reserved, `:nope` and `#nope` are given by nobody, `f` is no function
const path = fc.constantFrom('a', 'b', '#n', '#s', 'm.x', 'm.#n', 'l[0]', 'l[1]', 'status', '#nope');
const value = fc.constantFrom(':1', ':2', ':a', ':nope');
const operand = fc.oneof(
  { weight: 4, arbitrary: path },
  { weight: 4, arbitrary: value },
  { weight: 1, arbitrary: path.map((one) => `size(${one})`) },
  { weight: 1, arbitrary: path.map((one) => `(${one})`) },
  { weight: 1, arbitrary: path.map((one) => `attribute_exists(${one})`) },
);
const simple = fc.oneof(
  fc.tuple(operand, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), operand).map((all) => all.join(' ')),
  fc.tuple(operand, operand, operand).map(([x, low, high]) => `${x} BETWEEN ${low} AND ${high}`),
  fc.tuple(operand, fc.array(operand, { minLength: 1, maxLength: 3 })).map(([x, all]) => `${x} IN (${all.join(', ')})`),
  fc
    .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists', 'size', 'f'), operand)
    .map(([f, x]) => `${f}(${x})`),
  fc
    .tuple(
      fc.constantFrom('begins_with', 'contains', 'attribute_type', 'size'),
      operand,
      fc.oneof(operand, fc.constantFrom(':type', ':set')),
    )
    .map(([f, x, y]) => `${f}(${x}, ${y})`),
);
const not = fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: simple.map((one) => `NOT ${one}`) });
const chain = fc
  .tuple(not, fc.array(fc.tuple(fc.constantFrom('AND', 'OR', 'and'), not), { maxLength: 2 }))
  .map(([first, more]) => [first, ...more.flat()].join(' '));
const expression = fc.oneof(
  chain,
  fc.tuple(chain, fc.constantFrom('AND', 'OR'), chain).map(([a, word, b]) => `(${a}) ${word} ${b}`),
  chain.map((one) => `((${one}))`),
);

describe('the grammar of conditions', () => {
  test('takes, refuses and means what the parser does that was compared with the service', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const [one, other] = [ours(text), theirs(text)];
        if ('fault' in one || 'fault' in other) expect(one).toEqual(other);
        else {
          expect(judge(one.parsed)).toEqual(judge(other.parsed));
          expect({ ...one.parsed.nestedPaths }).toEqual({ ...other.parsed.nestedPaths });
          expect({ ...one.parsed.pathHeads }).toEqual({ ...other.parsed.pathHeads });
        }
      }),
      { numRuns: 400 },
    );
  });

  test('OR binds less than AND, AND less than NOT', () => {
    const bare = (text: string) => judge((ours(text) as { parsed: ParsedCondition }).parsed);
    expect(bare('a = :1 OR a = :a AND b = :1')).toEqual(bare('a = :1 OR (a = :a AND b = :1)'));
    expect(bare('NOT a = :1 AND b = :2')).toEqual(bare('(NOT a = :1) AND b = :2'));
  });

  test('nested a hundred deep is read, deeper is refused', () => {
    const nested = (depth: number) => `${'NOT ('.repeat(depth)}attribute_exists(a)${')'.repeat(depth)}`;
    expect('parsed' in ours(nested(50))).toBe(true);
    expect(ours(nested(51))).toEqual({ fault: 'The expression is nested too deeply;' });
  });

  test.each([
    ['a =', 'Syntax error; token: "<EOF>", near: "="'],
    ['a = = b', 'Syntax error; token: "=", near: "= = b"'],
    ['a', 'Syntax error; token: "<EOF>", near: "a"'],
    ['(a = b) = :1', 'Syntax error; token: "=", near: ") = :1"'],
    ['attribute_exists(a = b)', 'Syntax error; token: "=", near: "a = b"'],
    ['a = b c', 'Syntax error; token: "c", near: "b c"'],
    ['a ~ b', 'Syntax error; token: "~", near: "a ~ b"'],
    ['l[x] = :1', 'Syntax error; token: "x", near: "[x]"'],
  ])('%s is refused where it goes wrong', (text, fault) => {
    expect(ours(text)).toEqual({ fault });
  });
});
