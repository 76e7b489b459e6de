import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before a call to the table is tried again: full jitter, 0 … `base` ms × 2^attempt. Rejects with an AbortError when the signal comes first. */
export const pause = (attempt: number, base = 25, signal?: AbortSignal): Promise<void> =>
  sleep(Math.random() * base * 2 ** attempt, undefined, signal && { signal });
