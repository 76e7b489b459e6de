// How alike two texts are: the share of two-character pieces they have in common (Dice's coefficient).

/** Longer texts are judged by their beginning. */
const looked = 4_000;

export type Pieces = { readonly counts: ReadonlyMap<number, number>; readonly total: number };

/** The two-character pieces of a text; a text of one character is a piece itself. */
export function piecesOf(text: string): Pieces {
  const counts = new Map<number, number>();
  const end = Math.min(text.length, looked);
  let last = 0;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (i > 0 || end === 1) {
      const piece = last * 65_536 + code;
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
    last = code;
  }
  return { counts, total: end > 1 ? end - 1 : end };
}

/** 0 (nothing in common) to 1. */
export function alike(a: Pieces, b: Pieces): number {
  if (a.total + b.total === 0) return 1;
  const [small, large] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
  let common = 0;
  for (const [piece, count] of small.counts) common += Math.min(count, large.counts.get(piece) ?? 0);
  return (2 * common) / (a.total + b.total);
}
