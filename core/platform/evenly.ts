// Answers that must not tell by their time what was found.
import { setTimeout as wait } from 'node:timers/promises';

/** Does the work and answers, or refuses, no sooner than `least` milliseconds after it was asked. */
export async function evenly<T>(least: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), wait(least)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
