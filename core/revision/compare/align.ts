// What two sequences have in common, in order.

export type Pair = readonly [before: number, after: number];

/** Gaps up to this many cells are solved exactly. */
const exact = 250_000;

/**
 * Pairs of equal keys in rising order on both sides: equal ends first, then what occurs once on each side (patience), and the gaps
 * between again; small gaps by the longest common subsequence. O(n log n) where most is equal.
 */
export function aligned(a: readonly number[], b: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner = trimmed(a, b, next, pairs);
    const [fromA, toA, fromB, toB] = inner;
    if (fromA === toA || fromB === toB) continue;
    if ((toA - fromA) * (toB - fromB) <= exact) {
      pairs.push(...longest(a, b, inner));
      continue;
    }
    let [lastA, lastB] = [fromA, fromB];
    const anchors = increasing(onceEach(a, b, inner));
    // without an anchor the gap holds no line that is told apart: what repeats is left to those who pair by occurrence
    if (anchors.length === 0) continue;
    for (const [i, j] of anchors) {
      pairs.push([i, j]);
      open.push([lastA, i, lastB, j]);
      [lastA, lastB] = [i + 1, j + 1];
    }
    open.push([lastA, toA, lastB, toB]);
  }
  return pairs.sort((x, y) => x[0] - y[0]);
}

type Window = [fromA: number, toA: number, fromB: number, toB: number];

/** Pairs off equal beginnings and ends; answers what is between. */
function trimmed(a: readonly number[], b: readonly number[], window: Window, into: Pair[]): Window {
  let [fromA, toA, fromB, toB] = window;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) into.push([fromA++, fromB++]);
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) into.push([--toA, --toB]);
  return [fromA, toA, fromB, toB];
}

/** Where keys stand that occur exactly once in each window, in the order of the first. */
function onceEach(a: readonly number[], b: readonly number[], [fromA, toA, fromB, toB]: Window): Pair[] {
  const once = (keys: readonly number[], from: number, to: number) => {
    const places = new Map<number, number>();
    for (let i = from; i < to; i++) places.set(keys[i]!, places.has(keys[i]!) ? -1 : i);
    return places;
  };
  const inB = once(b, fromB, toB);
  return [...once(a, fromA, toA)].flatMap(([key, i]): Pair[] => {
    const j = inB.get(key);
    return i >= 0 && j !== undefined && j >= 0 ? [[i, j]] : [];
  });
}

function longest(a: readonly number[], b: readonly number[], [fromA, toA, fromB, toB]: Window): Pair[] {
  const [rows, columns] = [toA - fromA, toB - fromB];
  const width = columns + 1;
  const best = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      best[i * width + j] =
        a[fromA + i] === b[fromB + j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; )
    if (a[fromA + i] === b[fromB + j]) pairs.push([fromA + i++, fromB + j++]);
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  return pairs;
}

/** The longest part of `pairs` whose second numbers rise, the pairs being sorted by their first. */
export function increasing(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, value], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = index;
  });
  const out: Pair[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) out.push(pairs[at]!);
  return out.reverse();
}
