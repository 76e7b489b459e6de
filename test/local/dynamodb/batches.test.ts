import { BatchGetItemCommand, BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let one: string;
let other: string;

beforeAll(async () => {
  g = await ground();
  [one, other] = [await aTable(g.client), await aTable(g.client, { key: 'id:S' })];
});
afterAll(() => g.stop());

const key = (sk: string) => ({ pk: { S: 'b' }, sk: { S: sk } });

describe('a batch', () => {
  test('writes to several tables and reads from them', async () => {
    const answer = await g.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [one]: [
            { PutRequest: { Item: { ...key('1'), n: { N: '1' }, m: { N: '2' } } } },
            { PutRequest: { Item: key('2') } },
          ],
          [other]: [{ PutRequest: { Item: { id: { S: 'x' } } } }],
        },
      }),
    );
    expect(answer.UnprocessedItems).toEqual({});
    await g.client.send(new BatchWriteItemCommand({ RequestItems: { [one]: [{ DeleteRequest: { Key: key('2') } }] } }));
    const { Responses, UnprocessedKeys } = await g.client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [one]: { Keys: [key('1'), key('2')], ProjectionExpression: '#n', ExpressionAttributeNames: { '#n': 'n' } },
          [other]: { Keys: [{ id: { S: 'x' } }, { id: { S: 'none' } }] },
        },
      }),
    );
    expect(Responses).toEqual({ [one]: [{ n: { N: '1' } }], [other]: [{ id: { S: 'x' } }] });
    expect(UnprocessedKeys).toEqual({});
  });

  test('of reads stops at 16 MB and says what is left', async () => {
    const sks = Array.from({ length: 50 }, (_, at) => `big-${at}`);
    for (const sk of sks)
      await g.client.send(
        new PutItemCommand({ TableName: one, Item: { ...key(sk), big: { S: 'x'.repeat(400_000) } } }),
      );
    const Keys = sks.map(key);
    const first = await g.client.send(new BatchGetItemCommand({ RequestItems: { [one]: { Keys } } }));
    const [got, left] = [first.Responses?.[one] ?? [], first.UnprocessedKeys?.[one]?.Keys ?? []];
    expect(got.length + left.length).toBe(50);
    expect([got.length > 0, left.length > 0]).toEqual([true, true]);
    const second = await g.client.send(new BatchGetItemCommand({ RequestItems: first.UnprocessedKeys ?? {} }));
    expect(second.Responses?.[one]).toHaveLength(left.length);
  });
});

describe('a batch is refused', () => {
  test('with more than 25 writes in all', async () => {
    const puts = (count: number, from: number) =>
      Array.from({ length: count }, (_, at) => ({ PutRequest: { Item: key(String(from + at)) } }));
    const tables = {
      [one]: puts(20, 0),
      [other]: Array.from({ length: 6 }, (_, at) => ({ PutRequest: { Item: { id: { S: String(at) } } } })),
    };
    expect(await refusal(g.client.send(new BatchWriteItemCommand({ RequestItems: tables })))).toEqual(
      invalid('Too many items requested for the BatchWriteItem call'),
    );
    const { message } = await refusal(
      g.client.send(new BatchWriteItemCommand({ RequestItems: { [one]: puts(26, 0) } })),
    );
    expect(message).toMatch(/Member must have length less than or equal to 25$/);
  });

  test('with more than 100 reads in all', async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, at) => key(String(at)));
    const RequestItems = {
      [one]: { Keys: keys(60) },
      [other]: { Keys: Array.from({ length: 41 }, (_, at) => ({ id: { S: String(at) } })) },
    };
    expect(await refusal(g.client.send(new BatchGetItemCommand({ RequestItems })))).toEqual(
      invalid('Too many items requested for the BatchGetItem call'),
    );
  });

  test('with one item twice', async () => {
    const message = 'Provided list of item keys contains duplicates';
    const writes = [{ PutRequest: { Item: key('d') } }, { DeleteRequest: { Key: key('d') } }];
    expect(await refusal(g.client.send(new BatchWriteItemCommand({ RequestItems: { [one]: writes } })))).toEqual(
      invalid(message),
    );
    const reads = { Keys: [key('d'), key('d')] };
    expect(await refusal(g.client.send(new BatchGetItemCommand({ RequestItems: { [one]: reads } })))).toEqual(
      invalid(message),
    );
  });

  test('with a table that is not there', async () => {
    const call = g.client.send(new BatchGetItemCommand({ RequestItems: { nowhere: { Keys: [key('1')] } } }));
    expect((await refusal(call)).name).toBe('ResourceNotFoundException');
  });
});
