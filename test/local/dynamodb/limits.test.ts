import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;
beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client);
});
afterAll(() => g.stop());

const put = (Item: Record<string, AttributeValue>) => g.client.send(new PutItemCommand({ TableName, Item }));
const key = (sk: string) => ({ pk: { S: 'l' }, sk: { S: sk } });
/** Bytes of `pk`, `l`, `sk`, `1`, and the name `body`. */
const around = 2 + 1 + 2 + 1 + 4;

describe('an item', () => {
  test('of 400 KB is taken, one byte more is not', async () => {
    await put({ ...key('1'), body: { S: 'x'.repeat(400 * 1024 - around) } });
    expect(await refusal(put({ ...key('1'), body: { S: 'x'.repeat(400 * 1024 - around + 1) } }))).toEqual(
      invalid('Item size has exceeded the maximum allowed size'),
    );
  });

  test('is measured in UTF-8 bytes: a third as many Chinese characters', async () => {
    const most = Math.floor((400 * 1024 - around) / 3);
    await put({ ...key('1'), body: { S: '字'.repeat(most) } });
    expect((await refusal(put({ ...key('1'), body: { S: '字'.repeat(most + 1) } }))).name).toBe('ValidationException');
  });

  test('does not grow past it by updates', async () => {
    await put({ ...key('2'), body: { S: 'x'.repeat(300_000) } });
    const ExpressionAttributeValues = { ':v': { S: 'x'.repeat(150_000) } };
    const input = { TableName, Key: key('2'), UpdateExpression: 'SET more = :v', ExpressionAttributeValues };
    expect(await refusal(g.client.send(new UpdateItemCommand(input)))).toEqual(
      invalid('Item size to update has exceeded the maximum allowed size'),
    );
  });

  test('nests 32 deep and no deeper', async () => {
    const nested = (depth: number): AttributeValue => (depth === 0 ? { S: 'leaf' } : { L: [nested(depth - 1)] });
    await put({ ...key('3'), deep: nested(32) });
    expect((await refusal(put({ ...key('3'), deep: nested(33) }))).message).toMatch(
      /^Nesting Levels have exceeded supported limits/,
    );
  });
});

describe('a key', () => {
  test('has at most 2,048 bytes in its partition part and 1,024 in its sort part', async () => {
    await put({ pk: { S: 'k'.repeat(2048) }, sk: { S: 's'.repeat(1024) } });
    expect(await refusal(put({ pk: { S: 'k'.repeat(2049) }, sk: { S: 's' } }))).toEqual(
      invalid(
        'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
      ),
    );
    expect(await refusal(put({ pk: { S: 'k' }, sk: { S: '字'.repeat(342) } }))).toEqual(
      invalid(
        'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
      ),
    );
  });

  test('of an index has the same limits, put or updated', async () => {
    const table = await aTable(g.client, { indexes: ['byKind kind:S'] });
    const message =
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes';
    const kind = { S: 'k'.repeat(2049) };
    const Item = { ...key('1'), kind };
    expect(await refusal(g.client.send(new PutItemCommand({ TableName: table, Item })))).toEqual(invalid(message));
    const update = { UpdateExpression: 'SET kind = :k', ExpressionAttributeValues: { ':k': kind } };
    const call = g.client.send(new UpdateItemCommand({ TableName: table, Key: key('1'), ...update }));
    expect(await refusal(call)).toEqual(invalid(message));
  });

  test('of a read is not empty', async () => {
    const call = g.client.send(new GetItemCommand({ TableName, Key: { pk: { S: '' }, sk: { S: '1' } } }));
    expect(await refusal(call)).toEqual(
      invalid(
        'One or more parameter values were invalid: The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ),
    );
  });
});

describe('a page', () => {
  test('of a query or a scan looks at no more than 1 MB, filtered or not', async () => {
    const table = await aTable(g.client);
    for (let at = 0; at < 5; at++)
      await g.client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: 'p' }, sk: { S: String(at) }, body: { S: 'x'.repeat(300_000) } },
        }),
      );
    const query = {
      TableName: table,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    };
    const pages: (number | undefined)[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await g.client.send(new QueryCommand({ ...query, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
      pages.push(page.Count);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    expect(pages).toEqual([3, 2]);
    const filtered = await g.client.send(
      new ScanCommand({ TableName: table, FilterExpression: 'attribute_exists(nope)' }),
    );
    expect([filtered.Count, filtered.ScannedCount, filtered.LastEvaluatedKey]).toEqual([
      0,
      3,
      { pk: { S: 'p' }, sk: { S: '2' } },
    ]);
  });
});

describe('consumed capacity', () => {
  test('counts 4 KB for a read, 1 KB for a write, half for reads that need not be consistent', async () => {
    const asked = { TableName, ReturnConsumedCapacity: 'TOTAL' as const };
    const Item = { ...key('c'), body: { S: 'x'.repeat(5000) } };
    const units = async (call: Promise<{ ConsumedCapacity?: { CapacityUnits?: number } }>) =>
      (await call).ConsumedCapacity?.CapacityUnits;
    expect(await units(g.client.send(new PutItemCommand({ ...asked, Item })))).toBe(5);
    expect(await units(g.client.send(new GetItemCommand({ ...asked, Key: key('c') })))).toBe(1);
    expect(await units(g.client.send(new GetItemCommand({ ...asked, Key: key('c'), ConsistentRead: true })))).toBe(2);
  });

  test('counts each index that a write touches', async () => {
    const table = await aTable(g.client, { indexes: ['byKind kind:S'] });
    const put = (Item: Record<string, AttributeValue>) =>
      g.client.send(new PutItemCommand({ TableName: table, Item, ReturnConsumedCapacity: 'INDEXES' }));
    const indexes = async (Item: Record<string, AttributeValue>) =>
      (await put(Item)).ConsumedCapacity?.GlobalSecondaryIndexes?.byKind?.CapacityUnits;
    expect(await indexes({ ...key('1') })).toBeUndefined();
    expect(await indexes({ ...key('1'), kind: { S: 'a' } })).toBe(1);
    // out of one place and into another
    expect(await indexes({ ...key('1'), kind: { S: 'b' } })).toBe(2);
  });
});
