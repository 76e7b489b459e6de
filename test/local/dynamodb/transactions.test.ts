import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let now = Date.now();
let g: Ground;
let TableName: string;

beforeAll(async () => {
  g = await ground({ now: () => now });
  TableName = await aTable(g.client, { indexes: ['byKind kind:S'] });
});
afterAll(() => g.stop());

const key = (sk: string) => ({ pk: { S: 't' }, sk: { S: sk } });
const get = async (sk: string) => (await g.client.send(new GetItemCommand({ TableName, Key: key(sk) }))).Item;
const put = (sk: string, more: Record<string, AttributeValue> = {}) =>
  g.client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...more } }));
const transact = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  g.client.send(new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken && { ClientRequestToken }) }));
const canceled = async (call: Promise<unknown>): Promise<TransactionCanceledException> => {
  const error: unknown = await call.catch((reason: unknown) => reason);
  if (!(error instanceof TransactionCanceledException)) throw error;
  return error;
};

describe('a transaction', () => {
  test('puts, updates, deletes and checks together', async () => {
    await put('u', { n: { N: '1' } });
    await put('d');
    await put('c', { ok: { BOOL: true } });
    await transact([
      { Put: { TableName, Item: { ...key('p'), kind: { S: 'new' } } } },
      {
        Update: {
          TableName,
          Key: key('u'),
          UpdateExpression: 'ADD n :n',
          ExpressionAttributeValues: { ':n': { N: '2' } },
        },
      },
      { Delete: { TableName, Key: key('d') } },
      { ConditionCheck: { TableName, Key: key('c'), ConditionExpression: 'attribute_exists(ok)' } },
    ]);
    expect([await get('p'), (await get('u'))?.n, await get('d'), await get('c')]).toEqual([
      { ...key('p'), kind: { S: 'new' } },
      { N: '3' },
      undefined,
      { ...key('c'), ok: { BOOL: true } },
    ]);
    const byKind = {
      TableName,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'new' } },
    };
    expect((await g.client.send(new QueryCommand(byKind))).Count).toBe(1);
  });

  test('that fails changes nothing and says why for each item, in their order', async () => {
    await put('held', { n: { N: '1' } });
    const error = await canceled(
      transact([
        { Put: { TableName, Item: key('never') } },
        {
          Put: {
            TableName,
            Item: key('held'),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Update: { TableName, Key: key('absent'), UpdateExpression: 'SET a = b' } },
        { ConditionCheck: { TableName, Key: key('absent too'), ConditionExpression: 'attribute_exists(pk)' } },
      ]),
    );
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]',
    );
    expect(error.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...key('held'), n: { N: '1' } },
      },
      {
        Code: 'ValidationError',
        Message: 'The provided expression refers to an attribute that does not exist in the item',
      },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await get('never')).toBeUndefined();
  });

  test('reads up to 100 items as they are at one moment, in the order asked for', async () => {
    const sks = Array.from({ length: 100 }, (_, at) => `many-${at}`);
    await transact(sks.map((sk) => ({ Put: { TableName, Item: { ...key(sk), sk2: { S: sk } } } })));
    const asked = [...sks.slice(0, 99).reverse(), 'none'];
    const Get = (sk: string) => ({ Get: { TableName, Key: key(sk), ProjectionExpression: 'sk2' } });
    const { Responses } = await g.client.send(new TransactGetItemsCommand({ TransactItems: asked.map(Get) }));
    expect(Responses?.map(({ Item }) => Item?.sk2?.S)).toEqual([...sks.slice(0, 99).reverse(), undefined]);
  });
});

describe('a client request token', () => {
  const add = (n: string): TransactWriteItem[] => [
    {
      Update: {
        TableName,
        Key: key('counter'),
        UpdateExpression: 'ADD n :n',
        ExpressionAttributeValues: { ':n': { N: n } },
      },
    },
  ];

  test('does a transaction once within ten minutes, and again after them', async () => {
    await transact(add('1'), 'token-1');
    await transact(add('1'), 'token-1');
    expect((await get('counter'))?.n).toEqual({ N: '1' });
    now += 10 * 60_000 + 1;
    await transact(add('1'), 'token-1');
    expect((await get('counter'))?.n).toEqual({ N: '2' });
  });

  test('with another request is refused', async () => {
    await transact(add('5'), 'token-2');
    const { name, message } = await refusal(transact(add('6'), 'token-2'));
    expect([name, message.startsWith('The request uses the same client token')]).toEqual([
      'IdempotentParameterMismatchException',
      true,
    ]);
  });

  test('of a transaction that was canceled is free again', async () => {
    const check: TransactWriteItem = {
      ConditionCheck: { TableName, Key: key('later'), ConditionExpression: 'attribute_exists(pk)' },
    };
    await canceled(transact([check], 'token-3'));
    await put('later');
    await transact([check], 'token-3');
  });
});

describe('a transaction is refused', () => {
  const Put = (sk: string) => ({ Put: { TableName, Item: key(sk) } });

  test('with more than 100 items', async () => {
    const { name, message } = await refusal(transact(Array.from({ length: 101 }, (_, at) => Put(`x${at}`))));
    expect(name).toBe('ValidationException');
    expect(message).toMatch(
      /at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/,
    );
  });

  test('with two changes of one item', async () => {
    const message = 'Transaction request cannot include multiple operations on one item';
    expect(await refusal(transact([Put('x'), { Delete: { TableName, Key: key('x') } }]))).toEqual(invalid(message));
    const Get = { Get: { TableName, Key: key('x') } };
    expect(await refusal(g.client.send(new TransactGetItemsCommand({ TransactItems: [Get, Get] })))).toEqual(
      invalid(message),
    );
  });

  test('with two kinds of change in one', async () => {
    expect(await refusal(transact([{ ...Put('x'), Delete: { TableName, Key: key('y') } }]))).toEqual(
      invalid('TransactItems can only contain one of Check, Put, Update or Delete'),
    );
  });

  test('with more than 4 MB of items, and nothing of it is kept', async () => {
    const big = { S: 'x'.repeat(390_000) };
    const items = Array.from({ length: 11 }, (_, at) => ({ Put: { TableName, Item: { ...key(`big-${at}`), big } } }));
    expect((await refusal(transact(items))).name).toBe('ValidationException');
    expect(await get('big-0')).toBeUndefined();
    await transact(items.slice(0, 10));
  });

  test('as a whole for what is wrong before anything is read', async () => {
    const bad = {
      Update: {
        TableName,
        Key: key('x'),
        UpdateExpression: 'SET pk = :v',
        ExpressionAttributeValues: { ':v': { S: 'y' } },
      },
    };
    expect((await refusal(transact([Put('fine'), bad]))).name).toBe('ValidationException');
    expect(await get('fine')).toBeUndefined();
  });
});
