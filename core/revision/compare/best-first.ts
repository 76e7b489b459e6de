// Pairs that might be: the likeliest is taken first, and each side once.
import type { Pair } from './align.ts';

export type Candidate = { readonly pair: Pair; readonly score: number };

/** Takes candidates by falling score; where scores are equal, what lies nearer to its own place, then what comes first. */
export function bestFirst(candidates: readonly Candidate[]): Pair[] {
  const away = ([i, j]: Pair) => Math.abs(i - j);
  const sorted = [...candidates].sort(
    (x, y) => y.score - x.score || away(x.pair) - away(y.pair) || x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1],
  );
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  return sorted.flatMap(({ pair }) => {
    if (usedA.has(pair[0]) || usedB.has(pair[1])) return [];
    usedA.add(pair[0]);
    usedB.add(pair[1]);
    return [pair];
  });
}
