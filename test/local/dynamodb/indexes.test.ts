import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
beforeAll(async () => {
  g = await ground();
});
afterAll(() => g.stop());

const inIndex = async (TableName: string, kind: string, IndexName = 'byKind') => {
  const input = {
    TableName,
    IndexName,
    KeyConditionExpression: 'kind = :k',
    ExpressionAttributeValues: { ':k': { S: kind } },
  };
  return (await g.client.send(new QueryCommand(input))).Items ?? [];
};
const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const put = (TableName: string, sk: string, more: Record<string, AttributeValue>) =>
  g.client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...more } }));

describe('an index', () => {
  test('follows an item through its changes', async () => {
    const table = await aTable(g.client, { indexes: ['byKind kind:S'] });
    await put(table, '1', { kind: { S: 'a' }, v: { N: '1' } });
    expect(await inIndex(table, 'a')).toEqual([{ ...key('1'), kind: { S: 'a' }, v: { N: '1' } }]);
    const set = { TableName: table, Key: key('1'), UpdateExpression: 'SET kind = :b, v = :v' };
    await g.client.send(
      new UpdateItemCommand({ ...set, ExpressionAttributeValues: { ':b': { S: 'b' }, ':v': { N: '2' } } }),
    );
    expect([await inIndex(table, 'a'), await inIndex(table, 'b')]).toEqual([
      [],
      [{ ...key('1'), kind: { S: 'b' }, v: { N: '2' } }],
    ]);
    await g.client.send(new UpdateItemCommand({ TableName: table, Key: key('1'), UpdateExpression: 'REMOVE kind' }));
    expect(await inIndex(table, 'b')).toEqual([]);
    await put(table, '1', { kind: { S: 'c' } });
    await g.client.send(new DeleteItemCommand({ TableName: table, Key: key('1') }));
    expect(await inIndex(table, 'c')).toEqual([]);
  });

  test('of keys alone shows keys alone; one that includes some shows those', async () => {
    const definition = (IndexName: string, projection: object) => ({
      IndexName,
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }],
      Projection: projection,
    });
    const more = {
      GlobalSecondaryIndexes: [
        definition('keysOnly', { ProjectionType: 'KEYS_ONLY' }),
        definition('some', { ProjectionType: 'INCLUDE', NonKeyAttributes: ['v'] }),
      ],
      AttributeDefinitions: ['pk', 'sk', 'kind'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
    };
    const table = await aTable(g.client, { more });
    await put(table, '1', { kind: { S: 'a' }, v: { N: '1' }, w: { N: '2' } });
    expect(await inIndex(table, 'a', 'keysOnly')).toEqual([{ ...key('1'), kind: { S: 'a' } }]);
    expect(await inIndex(table, 'a', 'some')).toEqual([{ ...key('1'), kind: { S: 'a' }, v: { N: '1' } }]);
    const all = { TableName: table, IndexName: 'some', Select: 'ALL_ATTRIBUTES' as const };
    const call = g.client.send(
      new QueryCommand({
        ...all,
        KeyConditionExpression: 'kind = :k',
        ExpressionAttributeValues: { ':k': { S: 'a' } },
      }),
    );
    expect(await refusal(call)).toEqual(
      invalid(
        'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index some because its projection type is not ALL',
      ),
    );
  });

  test('added later holds the items that were there, without those of another type', async () => {
    const table = await aTable(g.client);
    await put(table, '1', { kind: { S: 'a' } });
    await put(table, '2', { kind: { N: '5' } });
    await put(table, '3', {});
    const Create = {
      IndexName: 'byKind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    };
    const AttributeDefinitions = [{ AttributeName: 'kind', AttributeType: 'S' as const }];
    const { TableDescription } = await g.client.send(
      new UpdateTableCommand({ TableName: table, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }),
    );
    expect(
      TableDescription?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [IndexName, IndexStatus]),
    ).toEqual([['byKind', 'ACTIVE']]);
    expect(await inIndex(table, 'a')).toEqual([{ ...key('1'), kind: { S: 'a' } }]);
    const { Items } = await g.client.send(new ScanCommand({ TableName: table, IndexName: 'byKind' }));
    expect(Items).toHaveLength(1);
    // from now on the type is checked
    expect((await refusal(put(table, '4', { kind: { N: '5' } }))).message).toContain(
      'Type mismatch for Index Key kind Expected: S Actual: N',
    );
  });

  test('that is taken away can be asked no more', async () => {
    const table = await aTable(g.client, { indexes: ['byKind kind:S'] });
    await g.client.send(
      new UpdateTableCommand({ TableName: table, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byKind' } }] }),
    );
    expect(await refusal(inIndex(table, 'a'))).toEqual(invalid('The table does not have the specified index: byKind'));
    await put(table, '1', { kind: { N: '1' } });
  });
});
