import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, ground, refusal } from './cloud.ts';
import { arnOf, reading, type View } from './stream.ts';

let now = Date.parse('2026-06-01T00:00:00Z');
let g: Ground;
const { streamed, put, iterator, read, records } = reading(() => g);

beforeAll(async () => {
  g = await ground({ now: () => now, sweepEvery: 3_600_000 });
});
afterAll(() => g.stop());

describe('after 24 hours', () => {
  test('records are trimmed; who asks for one is told so, and starts at the oldest that is left', async () => {
    const table = await streamed();
    await put(table, 'old');
    const [old] = await records(table);
    now += 24 * 3_600_000 + 1000;
    await put(table, 'new');
    g.engine.sweep();
    expect((await records(table)).map(({ dynamodb }) => dynamodb?.Keys?.sk?.S)).toEqual(['new']);
    const asked = iterator(table, 'AFTER_SEQUENCE_NUMBER', old?.dynamodb?.SequenceNumber);
    expect((await refusal(asked)).name).toBe('TrimmedDataAccessException');
  });

  test('sequence numbers go on where they were, though every record is gone', async () => {
    const table = await streamed();
    await put(table, '1');
    const [first] = await records(table);
    now += 24 * 3_600_000 + 1000;
    g.engine.sweep();
    await put(table, '2');
    const [second] = await records(table);
    expect(String(second?.dynamodb?.SequenceNumber) > String(first?.dynamodb?.SequenceNumber)).toBe(true);
  });

  test('a stream that was turned off is gone; until then it is closed and can be read to its end', async () => {
    const table = await streamed();
    await put(table, '1');
    await g.client.send(new UpdateTableCommand({ TableName: table, StreamSpecification: { StreamEnabled: false } }));
    await put(table, '2');
    const { Records, NextShardIterator } = await read(await iterator(table));
    expect([Records?.length, NextShardIterator]).toEqual([1, undefined]);
    now += 24 * 3_600_000 + 1000;
    g.engine.sweep();
    expect((await g.streams.send(new ListStreamsCommand({ TableName: table }))).Streams).toEqual([]);
  });

  test('a stream that is turned on again is another one', async () => {
    const table = await streamed();
    const update = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: View }) =>
      g.client.send(new UpdateTableCommand({ TableName: table, StreamSpecification }));
    await update({ StreamEnabled: false });
    const { TableDescription } = await update({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
    expect(TableDescription?.LatestStreamArn).not.toBe(arnOf(table));
    expect((await g.streams.send(new ListStreamsCommand({ TableName: table }))).Streams).toHaveLength(2);
  });
});

test('what nobody had read when the machine was turned off for days is there to be read after the start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'streams-'));
  let at = Date.parse('2026-06-05T18:00:00Z');
  const start = () => ground({ file: join(folder, 'kept.sqlite'), now: () => at, sweepEvery: 3_600_000 });
  let running = await start();
  try {
    const { streamed, put, records } = reading(() => running);
    const table = await streamed();
    await put(table, 'friday');
    await running.stop();
    at += 62 * 3_600_000;
    running = await start();
    running.engine.sweep();
    expect(await records(table)).toHaveLength(1);
    at += 3_600_000;
    running.engine.sweep();
    expect(await records(table)).toEqual([]);
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
