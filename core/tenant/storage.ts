// How much of the storage is left, as the contract of the API tells it. Sizes are bytes.
import type { Storage } from './schema.ts';

/** The storage of a tenant that has used `used` of `total` bytes. */
export function storageOf(total: number, used: number): Storage {
  const percent = total === 0 ? 100 : Math.min(100, Math.round((used / total) * 1000) / 10);
  return { total, used, available: Math.max(0, total - used), percent };
}
