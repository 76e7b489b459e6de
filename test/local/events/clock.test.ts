// Schedules: when they are due, what was missed while the cloud was off, and what a kill leaves undone.
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueTick, runClock } from '../../../local/events/clock.ts';
import { Ledger } from '../../../local/events/ledger.ts';
import { parseSchedule } from '../../../local/events/schedule.ts';

const at = (text: string): number => Date.parse(`2026-11-24T${text}Z`);
const hour = 3_600_000;

test.each([
  ['cron(0 3 * * ? *)', '2026-11-24T03:00:59Z', true],
  ['cron(0 3 * * ? *)', '2026-11-24T03:01:00Z', false],
  ['cron(0/15 * * * ? *)', '2026-11-24T10:45:00Z', true],
  ['cron(0/15 * * * ? *)', '2026-11-24T10:50:00Z', false],
  ['cron(0 8 ? * MON-FRI *)', '2026-11-24T08:00:00Z', true],
  ['cron(0 8 ? * MON-FRI *)', '2026-11-22T08:00:00Z', false],
  ['cron(0 8 1 JAN,NOV ? 2026)', '2026-11-01T08:00:00Z', true],
  ['cron(0 8 1 JAN,NOV ? 2026)', '2027-01-01T08:00:00Z', false],
])('%s at %s: %s', (expression, instant, due) => {
  const schedule = parseSchedule(expression, 'rule');
  expect(schedule.kind === 'cron' && schedule.at(new Date(instant))).toBe(due);
});

test.each([
  'at(2026-11-24T00:00:00)',
  'rate(1 week)',
  'cron(0 3 * * *)',
  'cron(61 3 * * ? *)',
  'cron(0 3 L * ? *)',
  'often',
])('%s stops the cloud', (expression) => {
  expect(() => parseSchedule(expression, 'Sweep')).toThrow(/^Sweep: schedule .*local\/events\/schedule\.ts/s);
});

test('a rate keeps its beat, and however long the cloud was off one tick is due: the latest', () => {
  const hourly = parseSchedule('rate(1 hour)', 'rule');
  expect(dueTick(hourly, at('10:00:00'), at('10:59:59'))).toBeUndefined();
  expect(dueTick(hourly, at('10:00:00'), at('11:00:00'))).toBe(at('11:00:00'));
  expect(dueTick(hourly, at('10:00:00'), at('15:20:00'))).toBe(at('15:00:00'));
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (last, passed) => {
      const due = dueTick(hourly, last, last + passed);
      if (passed < hour) expect(due).toBeUndefined();
      else expect([(due ?? 0) > last + passed - hour, ((due ?? 0) - last) % hour]).toEqual([true, 0]);
    }),
  );
});

test('of a cron schedule the latest minute that was missed is due, once', () => {
  const nightly = parseSchedule('cron(0 3 * * ? *)', 'rule');
  const last = Date.parse('2026-11-20T12:00:00Z');
  expect(dueTick(nightly, last, at('02:59:00'))).toBe(Date.parse('2026-11-23T03:00:00Z'));
  expect(dueTick(nightly, last, at('03:00:30'))).toBe(at('03:00:00'));
  expect(dueTick(nightly, at('03:00:00'), at('12:00:00'))).toBeUndefined();
});

const rule = { name: 'sweep', arn: 'arn:rule', schedule: 'rate(1 hour)', targets: [] };

test('a tick under way when the cloud was killed is fired again; one that ended is not', async () => {
  const ledger = new Ledger(new DatabaseSync(':memory:'));
  const start = Date.now() - 90 * 60_000;
  ledger.settle('sweep', start);
  const fired: number[] = [];
  const run = async (answer: () => Promise<boolean>) => {
    const control = new AbortController();
    const fire = (tick: Date) => {
      fired.push(tick.getTime());
      return answer();
    };
    const clock = runClock(rule, { ledger, signal: control.signal, fire, log: () => {} });
    await sleep(30);
    control.abort();
    return clock;
  };
  void run(() => new Promise(() => {}));
  await sleep(60);
  await run(async () => true);
  await run(async () => true);
  expect(fired).toEqual([start + hour, start + hour]);
});

test('a rule seen for the first time waits for its first beat', async () => {
  const ledger = new Ledger(new DatabaseSync(':memory:'));
  const control = new AbortController();
  let fired = 0;
  const clock = runClock(rule, { ledger, signal: control.signal, fire: async () => Boolean(++fired), log: () => {} });
  await sleep(30);
  control.abort();
  await clock;
  expect(fired).toBe(0);
});

test('a tick that could not be noted, for the disk was full, is fired once it can', async () => {
  const database = new DatabaseSync(':memory:');
  const ledger = new Ledger(database);
  ledger.settle('sweep', Date.now() - hour);
  database.exec('PRAGMA query_only = ON');
  const control = new AbortController();
  const { promise: told, resolve: log } = Promise.withResolvers<string>();
  const { promise: fired, resolve: fire } = Promise.withResolvers<Date>();
  const clock = runClock(rule, {
    ledger,
    signal: control.signal,
    fire: async (tick) => {
      fire(tick);
      return true;
    },
    log,
  });
  expect(await told).toMatch(/^sweep: its tick could not be noted \(.*readonly/);
  database.exec('PRAGMA query_only = OFF');
  await fired;
  control.abort();
  await clock;
  expect(ledger.tick('sweep')?.done).toBe(true);
});
