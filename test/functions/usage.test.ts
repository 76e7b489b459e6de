// The function that adds usage up: what it is sent again, out of turn or of another kind changes nothing.
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { object } from '../../core/ai/object.ts';
import { usageOfDays } from '../../core/ai/usage/read.ts';
import { handler } from '../../functions/streams/usage.ts';
import { aCall, answered, aStage, rowsOf, type Stage, usageOf, used } from '../ai/stage.ts';

let s: Stage;
let task: string;
beforeAll(async () => {
  s = await aStage();
  process.env.CORE_TABLE = s.t.stores.core.table;
  s.scripted.say(answered);
  task = await s.aTask();
  for (let at = 0; at < 4; at++) await object(s.ctx, aCall(task));
});
afterAll(() => s.t.stop());

let sequence = 0;
const inserted = (row: Record<string, unknown>): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(++sequence),
    NewImage: marshall(row) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>,
  },
});
const sent = (records: DynamoDBRecord[]) =>
  handler({ Records: records } satisfies DynamoDBStreamEvent, { awsRequestId: 'req' } as Context, () => undefined);
const calls = async () => {
  const day = new Date(s.ctx.now()).toISOString().slice(0, 10);
  return (await usageOfDays(s.ctx, { from: day, to: day })).total;
};

test('each exchange is in the totals once, however often and in whatever batches its event comes', async () => {
  const events = (await rowsOf(s.ctx, 'EVENT#')).map(inserted);
  expect(events.length).toBeGreaterThan(3);
  const [first, rest] = [events.slice(0, 2), events.slice(2)];
  expect(await sent(first)).toEqual({ batchItemFailures: [] });
  // the same batch again and again, as when the function died before it could answer; two of it at the same time
  await Promise.all([sent([...events]), sent([...events].reverse())]);
  expect(await sent(rest)).toEqual({ batchItemFailures: [] });
  const spent = (await usageOf(s.ctx, task)).reduce((all, row) => all + row.spent, 0);
  expect(await calls()).toMatchObject({ calls: 4, input: 4 * used.input, output: 4 * used.output, spent });
});

test('what is no event of usage, or changes a row that was there, is passed over', async () => {
  const before = await calls();
  const rows = [...(await rowsOf(s.ctx, 'USAGE#')), ...(await rowsOf(s.ctx, 'TENANT'))].map(inserted);
  const changed = (await rowsOf(s.ctx, 'EVENT#')).map((row) => ({ ...inserted(row), eventName: 'MODIFY' as const }));
  expect(await sent([...rows, ...changed])).toEqual({ batchItemFailures: [] });
  expect(await calls()).toEqual(before);
});

test('an event that does not say of which usage it is is told as failed, the others are added', async () => {
  await object(s.ctx, aCall(task));
  const events = (await rowsOf(s.ctx, 'EVENT#')).filter(({ type }) => type === 'usage.recorded');
  const { subject: _, ...broken } = events[0] ?? {};
  const record = inserted(broken);
  const answer = await sent([record, ...events.map(inserted)]);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber }] });
  expect(await calls()).toMatchObject({ calls: 5 });
});
