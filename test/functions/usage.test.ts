// The function that adds usage up: what it is sent again, out of turn or of another kind changes nothing.
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { object } from '../../core/ai/object.ts';
import { usageOfDays } from '../../core/ai/usage/read.ts';
import { handler } from '../../functions/streams/usage.ts';
import { aCall, answered, aStage, rowsOf, type Stage, usageOf, used } from '../ai/stage.ts';

let s: Stage;
let task: string;
beforeAll(async () => {
  s = await aStage();
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

describe('a quota that is nearly used up', () => {
  const quota = (used: number, limit = 100, metric = 'ai_calls', period = '2027-01') => ({
    __edb_e__: 'quota',
    __edb_v__: '1',
    tenant: s.t.ctx.tenant,
    metric,
    period,
    limit,
    used,
    reserved: 0,
    remaining: limit - used,
  });
  const changed = (before: Record<string, unknown>, after: Record<string, unknown>): DynamoDBRecord => ({
    eventName: 'MODIFY',
    dynamodb: {
      SequenceNumber: String(++sequence),
      OldImage: marshall(before) as never,
      NewImage: marshall(after) as never,
    },
  });
  const told = async (metric: string) =>
    (await rowsOf(s.ctx, `EVENT#${metric}#`)).map(({ type, detail }) => [
      type,
      (detail as { threshold: number }).threshold,
    ]);

  test('is told of once at half, three quarters, nine tenths and all of it, however often the change is', async () => {
    const steps = [
      [49, 50],
      [50, 51],
      [51, 89],
      [89, 100],
      [100, 60],
      [60, 95],
    ].map(([before = 0, after = 0]) => changed(quota(before), quota(after)));
    for (const one of steps) expect(await sent([one])).toEqual({ batchItemFailures: [] });
    await Promise.all([sent([...steps]), sent([...steps])]);
    expect(await told('ai_calls')).toEqual([50, 75, 90, 100].map((threshold) => ['quota.reached', threshold]));
    await sent([changed(quota(40, 100, 'ai_calls', '2027-02'), quota(60, 100, 'ai_calls', '2027-02'))]);
    expect(await told('ai_calls')).toHaveLength(5);
  });

  test('is told of as well where the plan gives less; a quota of nothing, and a new tenant’s first member, are not', async () => {
    await sent([changed(quota(40, 100, 'projects', 'always'), quota(40, 50, 'projects', 'always'))]);
    expect(await told('projects')).toEqual([
      ['quota.reached', 50],
      ['quota.reached', 75],
    ]);
    await sent([
      changed(quota(0, 0, 'mcp_services', 'always'), quota(0, 0, 'mcp_services', 'always')),
      inserted(quota(1, 1, 'members', 'always')),
    ]);
    expect([...(await told('mcp_services')), ...(await told('members'))]).toEqual([]);
  });
});
