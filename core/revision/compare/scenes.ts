// Which scene became which: by equal words in order, by equal words anywhere, then by what is most alike.
import { aligned, increasing, type Pair } from './align.ts';
import { bestFirst, type Candidate } from './best-first.ts';
import type { Block } from './digest.ts';
import { alike, type Pieces, piecesOf } from './similar.ts';

/** Least share of common words, by length, that makes two scenes one. */
const leastAlike = 0.35;
/** Lines that occur in more scenes than this tell no scene from another. */
const common = 20;
/** How far from its own place in a gap a scene is looked for by its wording. */
const reach = 3;

export type ScenePairs = {
  /** Sorted by the first. */
  readonly pairs: readonly Pair[];
  /** Pairs that keep their order among the others. */
  readonly inOrder: readonly Pair[];
};

/** Pairs scenes of two documents; numbers are indexes into the lists. Each scene is in one pair at most. */
export function scenePairs(a: readonly Block[], b: readonly Block[]): ScenePairs {
  const anchors = aligned(keysOf(a), keysOf(b));
  const pairs = [...anchors];
  const [freeA, freeB] = [unpaired(a.length, pairs, 0), unpaired(b.length, pairs, 1)];
  pairs.push(...equalAnywhere(a, b, freeA, freeB));
  const candidates = [...byLines(a, b, freeA, freeB), ...byPlace(a, b, freeA, freeB, anchors)];
  pairs.push(...bestFirst(candidates));
  pairs.sort((x, y) => x[0] - y[0]);
  return { pairs, inOrder: increasing(pairs) };
}

const keysOf = (blocks: readonly Block[]): number[] => blocks.map(({ key }) => key);

const unpaired = (count: number, pairs: readonly Pair[], side: 0 | 1): Set<number> => {
  const free = new Set(Array.from({ length: count }, (_, i) => i));
  for (const pair of pairs) free.delete(pair[side]);
  return free;
};

/** Free scenes of equal words, the first with the first; takes them out of the free ones. */
function equalAnywhere(a: readonly Block[], b: readonly Block[], freeA: Set<number>, freeB: Set<number>): Pair[] {
  const waiting = Map.groupBy(freeB, (j) => b[j]!.key);
  const pairs: Pair[] = [];
  for (const i of freeA) {
    const j = waiting.get(a[i]!.key)?.shift();
    if (j === undefined) continue;
    pairs.push([i, j]);
    freeA.delete(i);
    freeB.delete(j);
  }
  return pairs;
}

/** Free scenes that share lines, wherever they stand. */
function byLines(
  a: readonly Block[],
  b: readonly Block[],
  freeA: ReadonlySet<number>,
  freeB: ReadonlySet<number>,
): Candidate[] {
  const holders = new Map<number, number[]>();
  for (const j of freeB)
    for (const { key } of b[j]!.lines) {
      const list = holders.get(key);
      if (list === undefined) holders.set(key, [j]);
      else if (list.at(-1) !== j) list.push(j);
    }
  return [...freeA].flatMap((i): Candidate[] => {
    const shared = new Map<number, number>();
    for (const { key, element } of a[i]!.lines) {
      const list = holders.get(key) ?? [];
      if (list.length > common) continue;
      for (const j of list) shared.set(j, (shared.get(j) ?? 0) + element.text.length);
    }
    return [...shared].flatMap(([j, size]): Candidate[] => {
      const share = Math.min(1, (2 * size) / (a[i]!.size + b[j]!.size || 1));
      return share < leastAlike ? [] : [{ pair: [i, j], score: share + slug(a[i]!, b[j]!) }];
    });
  });
}

/** A slug line that stayed speaks for a scene. */
const slug = (a: Block, b: Block): number =>
  (a.heading === b.heading ? 0.2 : 0) + (a.scene?.number === b.scene?.number ? 0.1 : 0);

/** Free scenes between the same neighbours: a rewritten one is known by its wording, or by slug line and number. */
function byPlace(
  a: readonly Block[],
  b: readonly Block[],
  freeA: ReadonlySet<number>,
  freeB: ReadonlySet<number>,
  anchors: readonly Pair[],
): Candidate[] {
  const [left, right] = [gaps(freeA, anchors, 0), gaps(freeB, anchors, 1)];
  const wording = [new Map<number, Pieces>(), new Map<number, Pieces>()] as const;
  const pieces = (side: 0 | 1, block: Block, index: number): Pieces => {
    const known = wording[side].get(index) ?? piecesOf(block.lines.map(({ element }) => element.text).join('\n'));
    wording[side].set(index, known);
    return known;
  };
  return [...left].flatMap(([gap, mine]) => {
    const theirs = right.get(gap) ?? [];
    return mine.flatMap((i, at) =>
      theirs.slice(Math.max(0, at - reach), at + reach + 1).flatMap((j): Candidate[] => {
        const [one, other] = [a[i]!, b[j]!];
        const score = alike(pieces(0, one, i), pieces(1, other, j)) + slug(one, other);
        const isNamed = one.heading === other.heading && one.scene?.number === other.scene?.number;
        return isNamed || score >= leastAlike + 0.1 ? [{ pair: [i, j], score }] : [];
      }),
    );
  });
}

/** Free indexes by the number of anchors before them. */
function gaps(free: ReadonlySet<number>, anchors: readonly Pair[], side: 0 | 1): Map<number, number[]> {
  const out = new Map<number, number[]>();
  let passed = 0;
  for (const index of [...free].sort((x, y) => x - y)) {
    while (passed < anchors.length && anchors[passed]![side] < index) passed++;
    const list = out.get(passed);
    if (list === undefined) out.set(passed, [index]);
    else list.push(index);
  }
  return out;
}
