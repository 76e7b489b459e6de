import {
  type AttributeValue,
  BatchWriteItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground } from './cloud.ts';

let g: Ground;
let TableName: string;
const scenes = ['001', '002', '002a', '01', '1', 'Z', 'z', '￮', '🗡'];

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { indexes: ['byKind kind:S rank:N'] });
  const requests = scenes.map((S, at) => ({
    PutRequest: {
      Item: {
        pk: { S: 'ep' },
        sk: { S },
        kind: { S: at % 2 ? 'odd' : 'even' },
        rank: { N: String(-at) },
        n: { N: String(at) },
      },
    },
  }));
  await g.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  await g.client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'ep' }, sk: { S: 'no kind' } } }));
});
afterAll(() => g.stop());

const ask = (
  KeyConditionExpression: string,
  values: Record<string, AttributeValue>,
  more: Partial<QueryCommandInput> = {},
) =>
  g.client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression,
      ExpressionAttributeValues: { ':p': { S: 'ep' }, ...values },
      ...more,
    }),
  );
const keys = (items: Record<string, AttributeValue>[] = []) => items.map(({ sk }) => sk?.S);

describe('a query', () => {
  test('returns a partition in the order of the UTF-8 bytes of its sort keys', async () => {
    const { Items, Count, ScannedCount, LastEvaluatedKey } = await ask('pk = :p', {});
    expect(keys(Items)).toEqual(['001', '002', '002a', '01', '1', 'Z', 'no kind', 'z', '￮', '🗡']);
    expect({ Count, ScannedCount, LastEvaluatedKey }).toEqual({
      Count: 10,
      ScannedCount: 10,
      LastEvaluatedKey: undefined,
    });
  });

  test('returns it backwards when asked to', async () => {
    expect(keys((await ask('pk = :p', {}, { ScanIndexForward: false, Limit: 3 })).Items)).toEqual(['🗡', '￮', 'z']);
  });

  test.each([
    ['sk = :a', ['002']],
    ['sk < :a', ['001']],
    ['sk <= :a', ['001', '002']],
    ['sk > :a', ['002a', '01', '1', 'Z', 'no kind', 'z', '￮', '🗡']],
    ['sk >= :a', ['002', '002a', '01', '1', 'Z', 'no kind', 'z', '￮', '🗡']],
    [':a > sk', ['001']],
    ['begins_with(sk, :a)', ['002', '002a']],
  ])('finds the sort keys with %s', async (condition, found) => {
    expect(keys((await ask(`pk = :p and ${condition}`, { ':a': { S: '002' } })).Items)).toEqual(found);
  });

  test('finds the sort keys between two, both included', async () => {
    const { Items } = await ask('pk = :p and sk between :a and :b', { ':a': { S: '002' }, ':b': { S: '01' } });
    expect(keys(Items)).toEqual(['002', '002a', '01']);
  });

  test('filters after it counted what it looked at', async () => {
    const { Items, Count, ScannedCount } = await ask('pk = :p', { ':n': { N: '6' } }, { FilterExpression: 'n >= :n' });
    expect(keys(Items)).toEqual(['z', '￮', '🗡']);
    expect([Count, ScannedCount]).toEqual([3, 10]);
  });

  test('a limit is of what is looked at, so a page may be empty and yet go on', async () => {
    const page = await ask('pk = :p', { ':n': { N: '6' } }, { FilterExpression: 'n >= :n', Limit: 2 });
    expect([page.Count, page.ScannedCount, page.LastEvaluatedKey]).toEqual([
      0,
      2,
      { pk: { S: 'ep' }, sk: { S: '002' } },
    ]);
  });

  test('counts alone', async () => {
    const { Items, Count } = await ask('pk = :p', {}, { Select: 'COUNT' });
    expect([Items, Count]).toEqual([undefined, 10]);
  });

  test.each([true, false])('pages return everything once (forward: %s)', async (ScanIndexForward) => {
    const found: (string | undefined)[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await ask(
        'pk = :p',
        {},
        { Limit: 3, ScanIndexForward, ...(ExclusiveStartKey && { ExclusiveStartKey }) },
      );
      found.push(...keys(page.Items));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    const all = ['001', '002', '002a', '01', '1', 'Z', 'no kind', 'z', '￮', '🗡'];
    expect(found).toEqual(ScanIndexForward ? all : all.reverse());
  });

  test('a page that ends with the last item still names it, as on AWS', async () => {
    expect((await ask('pk = :p', {}, { Limit: 10 })).LastEvaluatedKey).toEqual({ pk: { S: 'ep' }, sk: { S: '🗡' } });
  });
});

describe('a query of an index', () => {
  test('finds the items that have its attributes, in its order', async () => {
    const { Items } = await ask(
      'kind = :k',
      { ':k': { S: 'even' } },
      { IndexName: 'byKind', ExpressionAttributeValues: { ':k': { S: 'even' } } },
    );
    expect(Items?.map(({ rank }) => rank?.N)).toEqual(['-8', '-6', '-4', '-2', '0']);
  });

  test('pages over equal index keys without losing or repeating one', async () => {
    const table = await aTable(g.client, { indexes: ['byKind kind:S'] });
    for (let at = 0; at < 7; at++)
      await g.client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: `p${at % 2}` }, sk: { S: String(at) }, kind: { S: 'same' } },
        }),
      );
    const found = new Set<string | undefined>();
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    let pages = 0;
    do {
      const input = {
        TableName: table,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :k',
        ExpressionAttributeValues: { ':k': { S: 'same' } },
        Limit: 2,
      };
      const page = await g.client.send(new QueryCommand({ ...input, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
      for (const key of keys(page.Items)) found.add(key);
      ExclusiveStartKey = page.LastEvaluatedKey;
      if (ExclusiveStartKey) expect(Object.keys(ExclusiveStartKey).sort()).toEqual(['kind', 'pk', 'sk']);
      pages++;
    } while (ExclusiveStartKey);
    expect([found.size, pages]).toEqual([7, 4]);
  });
});
