import { type AttributeValue, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

type Attributes = Record<string, AttributeValue>;

let g: Ground;
let TableName: string;
let items = 0;

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { indexes: ['byHolder holder:S sk:S'] });
});
afterAll(() => g.stop());

/** Puts an item, updates it, answers what is there without the key. */
const updated = async (before: Attributes, UpdateExpression: string, values: Attributes = {}): Promise<Attributes> => {
  const Key = { pk: { S: 'u' }, sk: { S: String(++items) } };
  await g.client.send(new PutItemCommand({ TableName, Item: { ...Key, ...before } }));
  const ExpressionAttributeValues = Object.keys(values).length > 0 ? values : undefined;
  await g.client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression,
      ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
    }),
  );
  const { Item } = await g.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const { pk: _, sk: __, ...rest } = Item ?? {};
  return rest;
};

const one = { ':one': { N: '1' } };
const texts = (...all: string[]): AttributeValue => ({ L: all.map((S) => ({ S })) });

describe('SET', () => {
  test('writes attributes, members of maps and members of lists', async () => {
    const before = { m: { M: { a: { N: '0' } } }, l: texts('x', 'y') };
    expect(await updated(before, 'SET n = :one, m.b = :one, l[1] = :one', one)).toEqual({
      n: { N: '1' },
      m: { M: { a: { N: '0' }, b: { N: '1' } } },
      l: { L: [{ S: 'x' }, { N: '1' }] },
    });
  });

  test('reads every operand from the item as it was', async () => {
    expect(await updated({ a: { N: '1' }, b: { N: '2' } }, 'SET a = b, b = a')).toEqual({
      a: { N: '2' },
      b: { N: '1' },
    });
  });

  test('adds and subtracts exactly, in 38 digits', async () => {
    const before = { a: { N: '0.1' }, b: { N: '99999999999999999999999999999999999998' } };
    expect(await updated(before, 'SET a = a + :c, b = b + :one', { ':c': { N: '0.2' }, ...one })).toEqual({
      a: { N: '0.3' },
      b: { N: '99999999999999999999999999999999999999' },
    });
    expect(await updated({ a: { N: '1' } }, 'SET a = a - :c', { ':c': { N: '1e-20' } })).toEqual({
      a: { N: '0.99999999999999999999' },
    });
  });

  test('takes what is there or else the other', async () => {
    expect(
      await updated({ a: { N: '5' } }, 'SET a = if_not_exists(a, :one), b = if_not_exists(b, :one) + :one', one),
    ).toEqual({
      a: { N: '5' },
      b: { N: '2' },
    });
  });

  test('joins lists at either end', async () => {
    const values = { ':l': texts('n') };
    expect(
      await updated({ a: texts('x'), b: texts('x') }, 'SET a = list_append(a, :l), b = list_append(:l, b)', values),
    ).toEqual({
      a: texts('x', 'n'),
      b: texts('n', 'x'),
    });
  });

  test('past the end of a list adds to it without gaps, in the order of the numbers', async () => {
    expect(
      await updated({ l: texts('x') }, 'SET l[9] = :b, l[5] = :a', { ':a': { S: 'a' }, ':b': { S: 'b' } }),
    ).toEqual({
      l: texts('x', 'a', 'b'),
    });
  });
});

describe('REMOVE', () => {
  test('takes attributes and members away, by the places they had before', async () => {
    const before = { a: { N: '1' }, l: texts('0', '1', '2', '3'), m: { M: { x: { N: '1' }, y: { N: '2' } } } };
    expect(await updated(before, 'REMOVE a, l[0], l[2], m.x, nope, l[9]')).toEqual({
      l: texts('1', '3'),
      m: { M: { y: { N: '2' } } },
    });
  });
});

describe('ADD', () => {
  test('counts, from nothing too', async () => {
    expect(await updated({ a: { N: '1' } }, 'ADD a :one, b :one', one)).toEqual({ a: { N: '2' }, b: { N: '1' } });
  });

  test('joins sets', async () => {
    const { s, t } = await updated({ s: { SS: ['a'] } }, 'ADD s :s, t :s', { ':s': { SS: ['a', 'b'] } });
    expect(new Set(s?.SS)).toEqual(new Set(['a', 'b']));
    expect(t?.SS).toHaveLength(2);
  });
});

describe('DELETE', () => {
  test('takes members out of a set; an empty set is no attribute', async () => {
    const before = { s: { NS: ['1', '2'] }, t: { NS: ['1'] } };
    expect(await updated(before, 'DELETE s :s, t :s, u :s', { ':s': { NS: ['1.0'] } })).toEqual({ s: { NS: ['2'] } });
  });
});

test('all four work in one expression', async () => {
  const before = { a: { N: '1' }, b: { N: '1' }, s: { SS: ['x', 'y'] }, gone: { S: '' } };
  const values = { ':one': { N: '1' }, ':s': { SS: ['x'] } };
  expect(await updated(before, 'SET a = a + :one ADD b :one DELETE s :s REMOVE gone', values)).toEqual({
    a: { N: '2' },
    b: { N: '2' },
    s: { SS: ['y'] },
  });
});

describe('an update is refused', () => {
  const start = 'One or more parameter values were invalid:';
  test.each([
    ['of the key', 'SET pk = :one', one, `${start} Cannot update attribute pk. This attribute is part of the key`],
    [
      'of an index key to another type',
      'SET holder = :one',
      one,
      `${start} Type mismatch for Index Key holder Expected: S Actual: N IndexName: byHolder`,
    ],
    [
      'of an index key to nothing',
      'SET holder = :e',
      { ':e': { S: '' } },
      'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ' +
        'The AttributeValue for a key attribute cannot contain an empty string value.',
    ],
    [
      'of an index key by another attribute of another type',
      'SET holder = n',
      {},
      'The update expression attempted to update the secondary index key to unsupported type',
    ],
    [
      'into a map that is not there',
      'SET nowhere.a = :one',
      one,
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'into a text as if it were a list',
      'SET t[0] = :one',
      one,
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'with an operand that is not there',
      'SET x = nope + :one',
      one,
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    ['with a sum of a text', 'SET x = t + :one', one, 'An operand in the update expression has an incorrect data type'],
    ['with a count of a text', 'ADD t :one', one, 'An operand in the update expression has an incorrect data type'],
    [
      'with a sum of too many digits',
      'SET x = n + :big',
      { ':big': { N: '1e38' } },
      'Attempting to store more than 38 significant digits in a Number',
    ],
    [
      'of one path twice',
      'SET n = :one REMOVE n',
      one,
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]',
    ],
  ])('%s', async (_, text, values, message) => {
    expect(await refusal(updated({ n: { N: '1' }, t: { S: 'text' } }, text, values as Attributes))).toEqual(
      invalid(message),
    );
  });
});
