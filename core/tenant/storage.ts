// How much of the storage is left, as the contract of the API tells it. Sizes are bytes.
import { shareOf } from './quota/metric.ts';
import type { Storage } from './schema.ts';

/** The storage of a tenant that has used `used` of `total` bytes. */
export function storageOf(total: number, used: number): Storage {
  return { total, used, available: Math.max(0, total - used), percent: Math.min(100, shareOf(used, total)) };
}
