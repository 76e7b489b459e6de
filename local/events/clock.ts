// Fires the schedules of the template: each tick once, also when the cloud was off or was killed while it was fired.
import { setTimeout as sleep } from 'node:timers/promises';
import { account, region } from '../template/identity.ts';
import type { RulePlan } from '../template/rule.ts';
import { eventId } from './event-id.ts';
import type { Ledger } from './ledger.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

const minute = 60_000;
/** How far back a missed minute of a cron schedule is looked for. */
const memory = 31 * 24 * 60 * minute;

/**
 * The tick that is due at `now` when the last one was at `last` (epoch milliseconds), or undefined. However many were
 * missed while the cloud was off, one is due: the latest.
 */
export function dueTick(schedule: Schedule, last: number, now: number): number | undefined {
  if (schedule.kind === 'rate') {
    const at = now - ((now - last) % schedule.every);
    return at > last ? at : undefined;
  }
  const earliest = Math.max(last, now - memory);
  for (let at = now - (now % minute); at > earliest; at -= minute) if (schedule.at(new Date(at))) return at;
  return undefined;
}

/** Milliseconds until it is worth looking again: at the end of a rate, at the next full minute. */
const pauseOf = (schedule: Schedule, last: number, now: number): number =>
  schedule.kind === 'rate' ? Math.min(last + schedule.every - now, 60 * minute) : minute - (now % minute);

export type ClockWorld = {
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** Hands a tick over; true once everybody had it, false when the cloud stopped before. */
  readonly fire: (at: Date) => Promise<boolean>;
  readonly log: (line: string) => void;
};

/** Milliseconds after which a clock whose ledger failed goes on. */
const again = 1000;

/** Waits for the next tick of a rule or, when one is due, fires it. */
async function beat(rule: RulePlan, schedule: Schedule, { ledger, signal, fire }: ClockWorld): Promise<void> {
  if (!ledger.tick(rule.name)) ledger.settle(rule.name, Date.now());
  const { at: last, done } = ledger.tick(rule.name) ?? { at: Date.now(), done: true };
  const due = done ? dueTick(schedule, last, Date.now()) : last;
  if (due === undefined) {
    await sleep(Math.max(0, pauseOf(schedule, last, Date.now())), undefined, { signal, ref: false }).catch(() => {});
    return;
  }
  ledger.begin(rule.name, due);
  if (await fire(new Date(due))) ledger.settle(rule.name, due);
}

/**
 * Fires a rule's schedule until `signal` is aborted. A tick that was begun and not ended is fired again: at the next start, or when the
 * ledger can be written again.
 */
export async function runClock(rule: RulePlan, world: ClockWorld): Promise<void> {
  const { signal, log } = world;
  const schedule = parseSchedule(rule.schedule ?? '', rule.name);
  while (!signal.aborted) {
    try {
      await beat(rule, schedule, world);
    } catch (error) {
      log(`${rule.name}: its tick could not be noted (${(error as Error).message}), trying again`);
      await sleep(again, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

/** The event a rule with a schedule hands its targets. */
export const scheduledEvent = (rule: RulePlan, at: Date) => ({
  version: '0',
  id: eventId(rule.arn, at.toISOString()),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [rule.arn],
  detail: {},
});
