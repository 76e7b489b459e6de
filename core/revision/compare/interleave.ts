// Two lists told as one.
import type { Pair } from './align.ts';

/** One of both lists, or a pair of them. */
export type Beside = readonly [before: number | undefined, after: number | undefined];

/** Both lists in one: the second in its order, each unpaired member of the first behind the one it followed. */
export function interleaved(a: readonly number[], b: readonly number[], pairs: readonly Pair[]): Beside[] {
  const toB = new Map(pairs);
  const toA = new Map(pairs.map(([i, j]) => [j, i]));
  const behind = new Map<number, number[]>();
  let last = -1;
  for (const i of a) {
    const j = toB.get(i);
    if (j !== undefined) last = j;
    else if (behind.has(last)) behind.get(last)!.push(i);
    else behind.set(last, [i]);
  }
  const lost = (j: number) => (behind.get(j) ?? []).map((i): Beside => [i, undefined]);
  return [...lost(-1), ...b.flatMap((j) => [[toA.get(j), j] as const, ...lost(j)])];
}
