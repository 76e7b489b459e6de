import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;
const Key = { pk: { S: 'p' }, sk: { S: 's' } };
const Item = {
  ...Key,
  name: { S: '李砚' },
  age: { N: '30' },
  tags: { SS: ['hero', 'doctor'] },
  bin: { B: new Uint8Array([1, 2, 3]) },
  l: { L: [{ S: 'a' }, { N: '5' }, { M: { deep: { BOOL: true } } }] },
  m: { M: { city: { S: '长安' } } },
  none: { NULL: true },
};

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client);
  await g.client.send(new PutItemCommand({ TableName, Item }));
});
afterAll(() => g.stop());

const values = {
  ':30': { N: '30' },
  ':thirty': { N: '3.0e1' },
  ':31': { N: '31' },
  ':name': { S: '李砚' },
  ':li': { S: '李' },
  ':hero': { S: 'hero' },
  ':5': { N: '5' },
  ':3': { N: '3' },
  ':2': { N: '2' },
  ':bin': { B: new Uint8Array([1, 2]) },
  ':tags': { SS: ['doctor', 'hero'] },
  ':map': { M: { city: { S: '长安' } } },
  ':string': { S: 'S' },
  ':true': { BOOL: true },
};

/** Whether the condition holds on the item. */
const holds = async (ConditionExpression: string): Promise<boolean> => {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression));
  const ExpressionAttributeNames = /#n\b/.test(ConditionExpression) ? { '#n': 'name' } : undefined;
  const input = {
    TableName,
    Key,
    UpdateExpression: 'REMOVE nowhere',
    ConditionExpression,
    ...(ExpressionAttributeNames && { ExpressionAttributeNames }),
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
  };
  try {
    await g.client.send(new UpdateItemCommand(input));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

describe('a condition', () => {
  test.each([
    ['attribute_exists(age)', true],
    ['attribute_exists(nope)', false],
    ['attribute_not_exists(nope)', true],
    ['attribute_not_exists(#n)', false],
    ['attribute_exists(m.city) and attribute_not_exists(m.street)', true],
    ['attribute_exists(l[2].deep)', true],
    ['attribute_exists(l[3])', false],
    ['attribute_type(#n, :string)', true],
    ['#n = :name', true],
    // numbers are compared as numbers, however they are written
    ['age = :thirty', true],
    ['age < :31 AND age >= :30', true],
    ['age > :31', false],
    ['age between :30 and :31', true],
    ['age in (:31, :30)', true],
    ['age in (:31, :5)', false],
    ['begins_with(#n, :li)', true],
    ['begins_with(bin, :bin)', true],
    ['contains(#n, :li)', true],
    ['contains(tags, :hero)', true],
    ['contains(tags, :li)', false],
    ['contains(l, :5)', true],
    ['contains(bin, :bin)', true],
    ['size(#n) = :2', true],
    ['size(tags) = :2', true],
    ['size(bin) = :3', true],
    ['size(l) = :3', true],
    ['size(nope) = :3', false],
    // sets and maps have no order
    ['tags = :tags', true],
    ['m = :map', true],
    ['l[2].deep = :true', true],
    // another type is neither less nor more, but it differs
    ['#n > :30', false],
    ['#n < :30', false],
    ['#n <> :30', true],
    // what is not there differs from everything, and is equal to nothing
    ['nope <> :30', true],
    ['nope = :30', false],
    ['NOT nope = :30', true],
    ['attribute_exists(nope) OR age = :30', true],
    ['NOT (attribute_exists(nope) OR age = :30)', false],
    ['attribute_exists(valueOf)', false],
  ])('%s is %s', async (text, result) => {
    expect(await holds(text)).toBe(result);
  });

  test('that fails leaves the item and names no attribute', async () => {
    const call = g.client.send(
      new DeleteItemCommand({ TableName, Key, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
    expect(await refusal(call)).toEqual({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(await holds('attribute_exists(pk)')).toBe(true);
  });

  test('that fails shows the item when asked to', async () => {
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const;
    const input = {
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure,
    };
    const error: unknown = await g.client.send(new PutItemCommand(input)).catch((reason: unknown) => reason);
    expect((error as ConditionalCheckFailedException).Item).toEqual(Item);
  });

  test('that fails on nothing shows nothing', async () => {
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const;
    const key = { pk: { S: 'p' }, sk: { S: 'nothing' } };
    const input = {
      TableName,
      Key: key,
      ConditionExpression: 'attribute_exists(pk)',
      ReturnValuesOnConditionCheckFailure,
    };
    const error: unknown = await g.client.send(new DeleteItemCommand(input)).catch((reason: unknown) => reason);
    expect((error as ConditionalCheckFailedException).Item).toBeUndefined();
  });

  test('of the same text is judged by the values of each request', async () => {
    const judged = async (N: string) => {
      const input = { TableName, Key, UpdateExpression: 'REMOVE nowhere', ConditionExpression: 'age = :n' };
      const call = g.client.send(new UpdateItemCommand({ ...input, ExpressionAttributeValues: { ':n': { N } } }));
      return call.then(
        () => true,
        () => false,
      );
    };
    expect([await judged('30'), await judged('31'), await judged('30.0')]).toEqual([true, false, true]);
  });
});
