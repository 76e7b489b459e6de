// Whether a failed exchange is tried again, and after how long.
import type { FailureFacts } from './provider-failure.ts';
import type { FailureKind } from './schema.ts';
import { fullJitter } from './sleep.ts';

/** Exchanges in all. Source: providers.md 5. */
const tries: Readonly<Partial<Record<FailureKind, number>>> = { retryable: 4, rate_limited: 8, invalid_output: 2 };

/** ms: the first and the longest pause. Source: providers.md 5. */
const pauses: Readonly<Partial<Record<FailureKind, readonly [number, number]>>> = {
  retryable: [1000, 60_000],
  rate_limited: [5000, 120_000],
  invalid_output: [500, 500],
};

/** A provider that asks for more patience than this (ms) is busy for today's purposes. */
const mostPatience = 120_000;

/**
 * Ms to wait before the next exchange, or undefined when there shall be none. A provider's own Retry-After counts as the least, with up
 * to a quarter on top, so that not all come back at once.
 * @param failed how many exchanges ended with a failure of this kind, this one included.
 */
export function waitBefore(
  { kind, retryAfterMs }: Pick<FailureFacts, 'kind' | 'retryAfterMs'>,
  failed: number,
  random: () => number,
): number | undefined {
  const [most, pause] = [tries[kind], pauses[kind]];
  if (!most || !pause || failed >= most) return undefined;
  if (retryAfterMs === undefined) return Math.ceil(fullJitter(failed - 1, ...pause, random));
  return retryAfterMs > mostPatience ? undefined : Math.ceil(retryAfterMs * (1 + random() / 4));
}
