import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calls } from '../../../local/dynamodb/calls/index.ts';
import { dynamoDoor } from '../../../local/dynamodb/door.ts';
import { openStore } from '../../../local/dynamodb/store/index.ts';
import { makeTables } from '../../../local/tables.ts';
import type { TablePlan } from '../../../local/template/table.ts';
import { aTable, clientOf, type Ground, ground, tableInput } from './cloud.ts';

let g: Ground;
let TableName: string;
beforeAll(async () => {
  g = await ground({ secretOf: () => 'secret', authorize: () => undefined });
  TableName = await aTable(g.client, { indexes: ['byKind kind:S'] });
});
afterAll(() => g.stop());

const members = [
  'TableName',
  'Item',
  'Key',
  'Keys',
  'RequestItems',
  'TransactItems',
  'Put',
  'Get',
  'Update',
  'ConditionCheck',
  'PutRequest',
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'IndexName',
  'Limit',
  'Select',
  'Segment',
  'TotalSegments',
  'ShardIterator',
  'StreamArn',
  'pk',
  'sk',
  'S',
  'N',
  'L',
  'M',
  'SS',
  'B',
  'NULL',
  '#n',
  ':v',
  '__proto__',
];
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -2, max: 3 }),
  fc.string({ maxLength: 4 }),
  fc.constantFrom('pk = :v', 'SET #n = :v', 'a.b[0]', 'byKind', '1', 'COUNT', 'arn:aws:dynamodb'),
  fc.constant(0).map(() => TableName),
);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.dictionary(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...members) },
        { weight: 1, arbitrary: fc.constant(0).map(() => TableName) },
      ),
      tie('body'),
      { maxKeys: 4 },
    ),
    fc.array(tie('body'), { maxLength: 3 }),
  ),
}));

/** A signed request whose body is whatever it is. */
const send = async (target: string, content: string): Promise<number> => {
  let status = 0;
  const client = clientOf(g.engine.url, 'anyone', 'secret');
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.body = content;
      request.headers['content-length'] = String(Buffer.byteLength(content));
      request.headers['x-amz-target'] = target;
      return next(args);
    },
    { step: 'build' },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      status = (result.response as { statusCode: number }).statusCode;
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(new ScanCommand({ TableName })).catch(() => {});
  client.destroy();
  return status;
};

test('whatever comes as a body, the answer is a result or the fault of the caller', async () => {
  const targets = [...calls.keys()].filter((target) => !/DeleteTable|CreateTable|UpdateTable/.test(target));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...targets), body, async (target, content) => {
      const named =
        typeof content === 'object' && content !== null && !Array.isArray(content)
          ? { TableName, ...content }
          : content;
      expect([200, 400]).toContain(await send(target, JSON.stringify(named)));
    }),
    { numRuns: 800 },
  );
});

describe('a full disk', () => {
  test('is said in words; nothing is there by half, and what fits goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scriptloom-full-'));
    const file = join(folder, 'full.sqlite');
    const store = openStore(file, Date.now);
    const server = createServer(dynamoDoor({ world: { store, now: Date.now }, gate: {}, file }));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const table = await aTable(client);
    store.db.exec('PRAGMA max_page_count = 60');
    const Item = (sk: string, size: number) => ({ pk: { S: 'f' }, sk: { S: sk }, body: { S: 'x'.repeat(size) } });
    const Put = (sk: string) => ({ Put: { TableName: table, Item: Item(sk, 300_000) } });
    const both = client.send(new TransactWriteItemsCommand({ TransactItems: [Put('1'), Put('2')] }));
    const error: unknown = await both.catch((reason: unknown) => reason);
    expect([(error as Error).name, (error as Error).message]).toEqual([
      'InternalServerError',
      `The disk is full: ${file} could not be written. Free some space and start again; nothing was lost.`,
    ]);
    const get = (sk: string) =>
      client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: 'f' }, sk: { S: sk } } }));
    expect([(await get('1')).Item, (await get('2')).Item]).toEqual([undefined, undefined]);
    await client.send(new PutItemCommand({ TableName: table, Item: Item('3', 100) }));
    expect((await get('3')).Item?.body?.S).toHaveLength(100);
    // a start that makes its tables then is refused as any other on a full disk
    store.db.exec('PRAGMA max_page_count = 1');
    const input = tableInput();
    const plan = { name: input.TableName, arn: '', create: input as unknown as TablePlan['create'] };
    await expect(makeTables(client, [plan], () => {})).rejects.toMatchObject({
      name: 'Refusal',
      code: 'DISK_FULL',
      message: expect.stringMatching(/^The disk is full: /),
    });
    client.destroy();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    store.db.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
