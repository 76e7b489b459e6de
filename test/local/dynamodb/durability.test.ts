import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AttributeValue, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDynamo } from '../../../local/dynamodb/index.ts';
import { Refusal } from '../../../local/refusal.ts';
import { aTable, type Ground, ground } from './cloud.ts';
import { reading } from './stream.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scriptloom-dynamo-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Lets the storm blow until so many pairs were done, then kills it; answers the pairs it was told are done. */
const storm = async (file: string, pairs: number): Promise<string[]> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./storm.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const done: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    done.push(...lines);
    if (done.length >= pairs) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return done;
};

const everything = async ({ client }: Ground, TableName: string) => {
  const items: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

const recordCount = async (g: Ground, TableName: string) => {
  const { iterator, read } = reading(() => g);
  let place = await iterator(TableName);
  let count = 0;
  for (;;) {
    const { Records = [], NextShardIterator } = await read(place);
    if (Records.length === 0) return count;
    count += Records.length;
    place = NextShardIterator;
  }
};

test('kill -9 in a storm of transactions, three times: what was answered is there, and nothing is there by half', async () => {
  const file = join(folder, 'storm.sqlite');
  const done = [...(await storm(file, 40)), ...(await storm(file, 60)), ...(await storm(file, 80))];
  const g = await ground({ file });
  const items = await everything(g, 'pairs');
  const sides = Map.groupBy(items, ({ pair }) => String(pair?.S));
  expect([...sides.values()].filter((pair) => pair.length !== 2)).toEqual([]);
  expect(done.filter((pair) => !sides.has(pair))).toEqual([]);
  // the index and the stream tell the same story
  const index = { TableName: 'pairs', IndexName: 'byPair', KeyConditionExpression: 'pair = :p' };
  for (const pair of [...sides.keys()].slice(-20))
    expect(
      (await g.client.send(new QueryCommand({ ...index, ExpressionAttributeValues: { ':p': { S: pair } } }))).Count,
    ).toBe(2);
  expect(await recordCount(g, 'pairs')).toBe(items.length);
  await g.stop();
});

test('tables, items and settings are there after a stop', async () => {
  const file = join(folder, 'kept.sqlite');
  const first = await ground({ file });
  const TableName = await aTable(first.client, { indexes: ['byKind kind:S'] });
  await first.client.send(
    new PutItemCommand({ TableName, Item: { pk: { S: '1' }, sk: { S: '1' }, kind: { S: 'k' } } }),
  );
  await first.stop();
  const second = await ground({ file });
  const query = {
    TableName,
    IndexName: 'byKind',
    KeyConditionExpression: 'kind = :k',
    ExpressionAttributeValues: { ':k': { S: 'k' } },
  };
  expect((await second.client.send(new QueryCommand(query))).Count).toBe(1);
  await second.stop();
});

const refused = async (start: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await start.catch((reason: unknown) => reason);
  if (!(error instanceof Refusal)) throw new Error('It was not refused.');
  return error;
};

test('a file that another engine holds, one that is damaged and a port that is taken are refused in words', async () => {
  const file = join(folder, 'held.sqlite');
  const holder = await startDynamo({ file });
  expect(await refused(startDynamo({ file }))).toMatchObject({
    code: 'STATE_IN_USE',
    message: expect.stringContaining(file),
  });
  expect(await refused(startDynamo({ port: holder.port }))).toMatchObject({ code: 'PORT_TAKEN' });
  await holder.stop();
  const damaged = join(folder, 'damaged.sqlite');
  writeFileSync(damaged, 'not a database, '.repeat(1000));
  expect(await refused(startDynamo({ file: damaged }))).toMatchObject({
    code: 'STATE_CORRUPT',
    message: expect.stringContaining(damaged),
  });
});
