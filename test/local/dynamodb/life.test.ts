import {
  type AttributeValue,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';
import { reading } from './stream.ts';

let now = Date.parse('2026-06-01T00:00:00Z');
let g: Ground;
const { records } = reading(() => g);

beforeAll(async () => {
  g = await ground({ now: () => now, sweepEvery: 3_600_000 });
});
afterAll(() => g.stop());

const enable = (TableName: string, AttributeName = 'ttl', Enabled = true) =>
  g.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName } }));
const mortal = async () => {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const };
  const table = await aTable(g.client, { indexes: ['byKind kind:S'], more: { StreamSpecification } });
  await enable(table);
  return table;
};
const key = (sk: string) => ({ pk: { S: 'l' }, sk: { S: sk } });
const put = (TableName: string, sk: string, more: Record<string, AttributeValue>) =>
  g.client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...more } }));
const has = async (TableName: string, sk: string) =>
  (await g.client.send(new GetItemCommand({ TableName, Key: key(sk) }))).Item !== undefined;
const seconds = (offset: number) => ({ N: String(Math.floor(now / 1000) + offset) });

describe('an item whose end has come', () => {
  test('goes, and only it', async () => {
    const table = await mortal();
    await put(table, 'due', { ttl: seconds(10) });
    await put(table, 'later', { ttl: seconds(100) });
    await put(table, 'never', {});
    await put(table, 'text', { ttl: { S: seconds(10).N } });
    await put(table, 'mistake', { ttl: seconds(-6 * 365 * 86_400) });
    expect(await has(table, 'due')).toBe(true);
    now += 11_000;
    g.engine.sweep();
    const left = await Promise.all(['due', 'later', 'never', 'text', 'mistake'].map((sk) => has(table, sk)));
    expect(left).toEqual([false, true, true, true, true]);
  });

  test('leaves its indexes; one that is in no index goes too and stops nothing', async () => {
    const table = await mortal();
    for (let at = 0; at < 130; at++)
      await put(table, String(at), { ttl: seconds(1), ...(at % 2 && { kind: { S: 'k' } }) });
    now += 3000;
    g.engine.sweep();
    const all = {
      TableName: table,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'l' } },
    };
    const byKind = {
      TableName: table,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'k' } },
    };
    expect((await g.client.send(new QueryCommand(all))).Count).toBe(0);
    expect((await g.client.send(new QueryCommand(byKind))).Count).toBe(0);
  });

  test('is named in the stream as deleted by the service', async () => {
    const table = await mortal();
    await put(table, 'due', { ttl: seconds(1) });
    now += 3000;
    g.engine.sweep();
    const found = await records(table);
    expect(found.map(({ eventName, userIdentity }) => [eventName, userIdentity])).toEqual([
      ['INSERT', undefined],
      ['REMOVE', { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' }],
    ]);
  });

  test('that is given more time stays', async () => {
    const table = await mortal();
    await put(table, 'due', { ttl: seconds(1) });
    await put(table, 'due', { ttl: seconds(1000) });
    now += 3000;
    g.engine.sweep();
    expect(await has(table, 'due')).toBe(true);
  });
});

describe('time to live', () => {
  test('counts for items that were there before it', async () => {
    const table = await aTable(g.client);
    await put(table, 'due', { ttl: seconds(1) });
    now += 3000;
    g.engine.sweep();
    expect(await has(table, 'due')).toBe(true);
    await enable(table);
    g.engine.sweep();
    expect(await has(table, 'due')).toBe(false);
  });

  test('is described, is turned off, and says when it is so already', async () => {
    const table = await aTable(g.client);
    const status = async () =>
      (await g.client.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;
    expect(await status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(await refusal(enable(table, 'ttl', false))).toEqual(invalid('TimeToLive is already disabled'));
    await enable(table);
    expect(await status()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
    expect(await refusal(enable(table))).toEqual(invalid('TimeToLive is already enabled'));
    expect(await refusal(enable(table, 'other'))).toEqual(
      invalid('TimeToLive is active on a different AttributeName: current AttributeName is ttl'),
    );
    await put(table, 'due', { ttl: seconds(1) });
    await enable(table, 'ttl', false);
    now += 3000;
    g.engine.sweep();
    expect(await has(table, 'due')).toBe(true);
  });
});
