// Which episode became which: the one that took most of its scenes over; else the one of its number, else of its title.
import type { Pair } from './align.ts';
import { bestFirst } from './best-first.ts';
import type { Block } from './digest.ts';

/** Blocks outside scenes, one per episode, paired by index into `a` and `b`; `scenes` pairs blocks of the same lists. */
export function episodePairs(a: readonly Block[], b: readonly Block[], scenes: readonly Pair[]): Pair[] {
  const [frontsA, frontsB] = [frontOf(a), frontOf(b)];
  const shared = new Map<number, Map<number, number>>();
  for (const [i, j] of scenes) {
    const [one, other] = [frontsA[i]!, frontsB[j]!];
    const votes = shared.get(one) ?? new Map<number, number>();
    shared.set(one, votes.set(other, (votes.get(other) ?? 0) + a[i]!.size + 1));
  }
  const pairs = bestFirst(
    [...shared].flatMap(([i, votes]) => [...votes].map(([j, score]) => ({ pair: [i, j] as const, score }))),
  );
  const left = new Set(frontsA);
  const right = new Set(frontsB);
  for (const [i, j] of pairs) {
    left.delete(i);
    right.delete(j);
  }
  const joinBy = (name: (block: Block) => string | number) => {
    const named = new Map([...right].map((j) => [name(b[j]!), j]));
    for (const i of left) {
      const j = named.get(name(a[i]!));
      if (j === undefined || !right.has(j) || name(a[i]!) === '') continue;
      pairs.push([i, j]);
      left.delete(i);
      right.delete(j);
    }
  };
  joinBy(({ episode }) => episode.number);
  joinBy(({ episode }) => episode.title);
  return pairs;
}

/** For each block the block outside scenes of its episode. */
function frontOf(blocks: readonly Block[]): number[] {
  let front = 0;
  return blocks.map(({ scene }, i) => {
    if (scene === undefined) front = i;
    return front;
  });
}
