// What plans give, and how much of the storage is left. Sizes are bytes unless a name says MB.
import type { Storage } from './schema.ts';

export type Plan = {
  readonly quotaApiCalls: number;
  readonly quotaStorageMb: number;
  readonly credits: number;
  readonly tasksAtOnce: number;
  /** Millionths of CNY that the models of one task may cost where it names no cap. */
  readonly taskCap: number;
};

/** Source: contract.md, "Numbers given": 10 GB of storage; 100 calls a minute, counted here by the day. Tasks at once: our own, so that one tenant leaves room for the others.
 * Cap of a task: our own, several times what a season of twenty episodes costs with the models of the table. */
const plans = {
  free: { quotaApiCalls: 144_000, quotaStorageMb: 10_240, credits: 0, tasksAtOnce: 20, taskCap: 20_000_000 },
} as const satisfies Record<string, Plan>;

export type PlanName = keyof typeof plans;
export const firstPlan: PlanName = 'free';

/** What a plan gives; one that is no longer sold gives what the first one does. */
export const planOf = (name: string): Plan => plans[name as PlanName] ?? plans[firstPlan];

const megabyte = 1024 * 1024;

/** The storage of a tenant that has used `used` bytes of `quotaStorageMb`. */
export function storageOf(quotaStorageMb: number, used: number): Storage {
  const total = quotaStorageMb * megabyte;
  const percent = total === 0 ? 100 : Math.min(100, Math.round((used / total) * 1000) / 10);
  return { total, used, available: Math.max(0, total - used), percent };
}
