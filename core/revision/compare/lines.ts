// Which line became which: equal lines in order, equal lines moved, then lines reworded where they stood.
import { aligned, type Pair } from './align.ts';
import { bestFirst, type Candidate } from './best-first.ts';
import type { Block, Line, Sheet } from './digest.ts';
import { alike, piecesOf } from './similar.ts';

/** Least likeness of a reworded line. */
const leastAlike = 0.4;
/** Lines of a gap that are compared each with each; in longer gaps those near each other. */
const wide = 50;
const near = 5;
/** A line of fewer characters says too little to be known again in another scene. */
const leastTelling = 4;
/** What a scene has one of: reworded it stays what it is. */
const structural: ReadonlySet<string> = new Set(['episode', 'heading', 'cast']);

export type LinePairs = {
  /** Numbers of lines in their documents. */
  readonly pairs: readonly Pair[];
  /** First numbers of the pairs that are out of place. */
  readonly moved: ReadonlySet<number>;
};

/** Pairs the lines of two documents whose blocks are paired. Each line is in one pair at most. */
export function linePairs(a: Sheet, b: Sheet, blocks: readonly Pair[]): LinePairs {
  const pairs: Pair[] = [];
  const moved = new Set<number>();
  const [usedA, usedB] = [new Uint8Array(a.lines.length), new Uint8Array(b.lines.length)];
  const join = (i: number, j: number, isMoved: boolean) => {
    pairs.push([i, j]);
    [usedA[i], usedB[j]] = [1, 1];
    if (isMoved) moved.add(i);
  };
  const gaps = blocks.flatMap(([i, j]) => within(a.blocks[i]!, b.blocks[j]!, join));
  const [freeA, freeB] = [free(a.lines, usedA), free(b.lines, usedB)];
  for (const [i, j] of knownAgain(a.lines, b.lines, freeA, freeB)) join(i, j, true);
  for (const gap of gaps) {
    const [mine, theirs] = [gap[0].filter((i) => !usedA[i]), gap[1].filter((j) => !usedB[j])];
    for (const [i, j] of reworded(a.lines, b.lines, mine, theirs)) join(i, j, false);
  }
  return { pairs, moved };
}

type Gap = readonly [mine: number[], theirs: number[]];

/** Joins equal lines of two blocks, those out of order as moved. Answers what is left between neighbours that stayed. */
function within(one: Block, other: Block, join: (i: number, j: number, moved: boolean) => void): Gap[] {
  if (one.key === other.key) {
    one.lines.forEach((_, i) => {
      join(one.from + i, other.from + i, false);
    });
    return [];
  }
  const anchors = aligned(keysOf(one), keysOf(other));
  for (const [i, j] of anchors) join(one.from + i, other.from + j, false);
  if (anchors.length === one.lines.length && anchors.length === other.lines.length) return [];
  const taken = [new Set(anchors.map(([i]) => i)), new Set(anchors.map(([, j]) => j))] as const;
  const waiting = Map.groupBy(
    [...other.lines.keys()].filter((j) => !taken[1].has(j)),
    (j) => other.lines[j]!.key,
  );
  one.lines.forEach(({ key }, i) => {
    const j = taken[0].has(i) ? undefined : waiting.get(key)?.shift();
    if (j === undefined) return;
    join(one.from + i, other.from + j, true);
    taken[0].add(i);
    taken[1].add(j);
  });
  const gaps = Array.from({ length: anchors.length + 1 }, (): Gap => [[], []]);
  for (const side of [0, 1] as const) {
    const block = side === 0 ? one : other;
    let passed = 0;
    block.lines.forEach((_, at) => {
      while (passed < anchors.length && anchors[passed]![side] <= at) passed++;
      if (!taken[side].has(at)) gaps[passed]![side].push(block.from + at);
    });
  }
  return gaps.filter(([mine, theirs]) => mine.length > 0 && theirs.length > 0);
}

const keysOf = ({ lines }: Block): number[] => lines.map(({ key }) => key);

const free = (lines: readonly Line[], used: Uint8Array): number[] => [...lines.keys()].filter((i) => !used[i]);

/** Free lines whose words stand once among the free ones of each side, in other scenes. */
function knownAgain(
  a: readonly Line[],
  b: readonly Line[],
  freeA: readonly number[],
  freeB: readonly number[],
): Pair[] {
  const once = (lines: readonly Line[], indexes: readonly number[]) => {
    const places = new Map<number, number>();
    for (const i of indexes) places.set(lines[i]!.key, places.has(lines[i]!.key) ? -1 : i);
    return places;
  };
  const inB = once(b, freeB);
  return [...once(a, freeA)].flatMap(([key, i]): Pair[] => {
    const j = inB.get(key) ?? -1;
    if (i < 0 || j < 0) return [];
    const { kind, text } = a[i]!.element;
    return structural.has(kind) || text.length < leastTelling ? [] : [[i, j]];
  });
}

/** Lines of one gap that say nearly the same. */
function reworded(a: readonly Line[], b: readonly Line[], mine: readonly number[], theirs: readonly number[]): Pair[] {
  const isWide = mine.length * theirs.length > wide * wide;
  const piecesA = mine.map((i) => piecesOf(a[i]!.element.text));
  const piecesB = theirs.map((j) => piecesOf(b[j]!.element.text));
  const candidates = mine.flatMap((i, m): Candidate[] => {
    const [from, to] = isWide ? [Math.max(0, m - near), m + near + 1] : [0, theirs.length];
    return theirs.slice(from, to).flatMap((j, n): Candidate[] => {
      const [one, other] = [a[i]!.element, b[j]!.element];
      if (one.kind !== other.kind) return [];
      const score = alike(piecesA[m]!, piecesB[from + n]!);
      const isKnown = score >= leastAlike || structural.has(one.kind);
      const isSpeaker = one.speakers?.join('|') === other.speakers?.join('|');
      return isKnown ? [{ pair: [m, from + n], score: score + (isSpeaker ? 0.1 : 0) }] : [];
    });
  });
  return bestFirst(candidates).map(([m, n]) => [mine[m]!, theirs[n]!]);
}
