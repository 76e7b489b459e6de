// Shots as rows in an order: finding one, and giving places without writing more rows than must be.
import { Failure, notFound } from '../platform/failure.ts';
import { rankBetween, ranksBetween } from './rank.ts';
import type { ShotContent } from './schema.ts';

/** A shot as a row, as far as edits need it. */
export type ShotRow = {
  readonly id: string;
  readonly rank: string;
  /** The composer's key; '' for shots a person made. */
  readonly key: string;
  readonly locked: boolean;
  readonly edited: boolean;
  /** A person gave it its place: a run leaves it behind the row it stands behind. */
  readonly moved?: boolean | undefined;
  readonly status?: 'draft' | 'approved' | undefined;
  readonly note?: string | undefined;
  readonly content: ShotContent;
};

/** A shot that has no row yet; the caller gives it an id. */
export type NewShot = Omit<ShotRow, 'id'>;

/** What an edit changes: rows to add, rows in their next state, rows to delete. Everything else stays as it is. */
export type Edit<R extends ShotRow> = { readonly insert: NewShot[]; readonly update: R[]; readonly remove: R[] };

/** Rows by rank; equal ranks (two inserts at one place at the same moment) by id. */
export const ordered = <R extends ShotRow>(rows: readonly R[]): R[] =>
  [...rows].sort((a, b) => (a.rank === b.rank ? compare(a.id, b.id) : compare(a.rank, b.rank)));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where a shot stands. Throws NOT_FOUND. */
export function placeOf(rows: readonly ShotRow[], id: string): number {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) throw notFound();
  return at;
}

/** A shot that may be changed. Throws NOT_FOUND, SHOT_LOCKED. */
export function openShot<R extends ShotRow>(rows: readonly R[], id: string): R {
  const row = rows[placeOf(rows, id)]!;
  if (row.locked) throw new Failure('SHOT_LOCKED');
  return row;
}

/** A rank for a place in ordered rows; rows of equal rank behind it move aside and are listed. */
export function rankAt<R extends ShotRow>(rows: readonly R[], at: number): { rank: string; moved: R[] } {
  const before = rows[at - 1]?.rank;
  let end = at;
  while (before !== undefined && rows[end] !== undefined && rows[end]!.rank <= before) end++;
  if (end === at) return { rank: rankBetween(before, rows[at]?.rank), moved: [] };
  const [rank, ...rest] = ranksBetween(before, rows[end]?.rank, end - at + 1);
  return { rank: rank!, moved: rows.slice(at, end).map((row, i) => ({ ...row, rank: rest[i]! })) };
}

/**
 * Ranks for a sequence of which some have one already: as many as possible stay (a longest rising run), the rest are set between them.
 * @param given the rank each has, or undefined
 * @param isFixed the ones that come first: of them as many as possible stay, whatever becomes of the rest
 */
export function ranked(
  given: readonly (string | undefined)[],
  isFixed: (index: number) => boolean = () => false,
): string[] {
  const kept = rising(around(given, rising(given.map((rank, i) => (isFixed(i) ? rank : undefined)))));
  const out: string[] = [];
  let from: string | undefined;
  let gap = 0;
  for (let i = 0; i <= given.length; i++) {
    const rank = i < given.length && kept.has(i) ? given[i] : undefined;
    if (i < given.length && rank === undefined) {
      gap++;
      continue;
    }
    out.push(...ranksBetween(from, rank, gap));
    if (rank !== undefined) out.push(rank);
    from = rank;
    gap = 0;
  }
  return out;
}

/** The ranks that fit between those held; a longest run of these has all that are held. */
function around(given: readonly (string | undefined)[], held: ReadonlySet<number>): (string | undefined)[] {
  const fits = [...given];
  let low: string | undefined;
  for (let i = 0; i < fits.length; i++) {
    if (held.has(i)) low = fits[i];
    else if (low !== undefined && (fits[i] ?? '') <= low) fits[i] = undefined;
  }
  let high: string | undefined;
  for (let i = fits.length - 1; i >= 0; i--) {
    if (held.has(i)) high = fits[i];
    else if (high !== undefined && (fits[i] ?? high) >= high) fits[i] = undefined;
  }
  return fits;
}

/** Indexes of a longest strictly rising subsequence of the ranks given. */
function rising(given: readonly (string | undefined)[]): Set<number> {
  const tails: number[] = [];
  const back: number[] = [];
  given.forEach((rank, i) => {
    if (rank === undefined) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (given[tails[middle]!]! < rank) low = middle + 1;
      else high = middle;
    }
    back[i] = tails[low - 1] ?? -1;
    tails[low] = i;
  });
  const kept = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = back[i]!) kept.add(i);
  return kept;
}
