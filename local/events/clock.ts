// Fires the schedules of the template.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RulePlan } from '../template/rule.ts';
import type { Ledger } from './ledger.ts';
import { parseSchedule } from './schedule.ts';

const minute = 60_000;

/** A rate that was due while the cloud was off fires at once, once. */
export const untilDue = (every: number, firedAt: number | undefined, now: number): number =>
  firedAt === undefined ? every : Math.max(0, firedAt + every - now);

/** `fire` is called at each time of the rule's schedule until `signal` is aborted. */
export async function runClock(rule: RulePlan, ledger: Ledger, signal: AbortSignal, fire: (at: Date) => void): Promise<void> {
  const schedule = parseSchedule(rule.schedule ?? '', rule.name);
  if (schedule.kind === 'rate' && ledger.fired(rule.name) === undefined) ledger.fire(rule.name, Date.now());
  try {
    for (;;) {
      const now = Date.now();
      const pause = schedule.kind === 'rate' ? untilDue(schedule.every, ledger.fired(rule.name), now) : minute - (now % minute);
      // Days are longer than a timer can be: sleep in steps.
      const step = Math.min(pause, 12 * 60 * minute);
      await sleep(step, undefined, { signal, ref: false });
      const at = new Date();
      if (step < pause || (schedule.kind === 'cron' && !schedule.at(at))) continue;
      ledger.fire(rule.name, at.getTime());
      fire(at);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The event a rule with a schedule hands its targets. */
export const scheduledEvent = (rule: RulePlan, at: Date) => ({
  version: '0',
  id: crypto.randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'us-east-1',
  resources: [rule.arn],
  detail: {},
});
