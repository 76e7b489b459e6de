// Where the episodes of a document stand in their project, and which episode each goes on from. Pure.
import type { EpisodeRow } from '../episode/store.ts';
import type { EpisodeOutline } from './outline.ts';

export type Placed = {
  readonly entry: EpisodeOutline;
  /** Number in the project. */
  readonly number: number;
  /** The episode it was so far. */
  readonly continues: EpisodeRow | undefined;
  /** The row that has its number now. */
  readonly slot: EpisodeRow | undefined;
};

/** An episode that is no longer in its script: it is kept, under another number where a new one has its own. */
export type Left = { readonly row: EpisodeRow; readonly number: number };

export type Placing = {
  readonly placed: readonly Placed[];
  readonly left: readonly Left[];
  /** Rows whose episode has another number now, and whose own number nobody has. */
  readonly vacated: readonly EpisodeRow[];
};

/**
 * Numbers in the project are as written, unless another script of the project has that number already; then the next free one.
 * What a number of the script once stood for in the project, it stands for later on.
 * @param rows all episodes of the project
 * @param next the number an episode's row has in the document, undefined when it is not in it
 */
export function placing(
  rows: readonly EpisodeRow[],
  script: string,
  outline: readonly EpisodeOutline[],
  next: (row: EpisodeRow) => number | undefined,
): Placing {
  const mine = rows.filter((row) => row.script === script);
  const present = new Map(mine.filter(isPresent).map((row) => [row.sourceNumber, row]));
  const byNumber = new Map(mine.map((row) => [row.number, row]));
  const taken = new Set(rows.filter((row) => row.script !== script || isPresent(row)).map(({ number }) => number));
  let free = Math.max(0, ...rows.map(({ number }) => number), ...outline.map(({ number }) => number));
  const former = formerOf(mine, next);
  const placed = outline.map((entry): Placed => {
    const known = present.get(entry.number)?.number;
    const number = known ?? (taken.has(entry.number) ? ++free : entry.number);
    return { entry, number, continues: former.get(entry.number), slot: byNumber.get(number) };
  });
  const numbers = new Set(placed.map(({ number }) => number));
  const going = new Set(placed.flatMap(({ continues }) => continues ?? []));
  const leaving = mine.filter((row) => !going.has(row));
  const left = leaving.map((row): Left => {
    const isFree = !numbers.has(row.number);
    return { row, number: isFree ? row.number : (keptUnder(row, leaving) ?? ++free) };
  });
  return { placed, left, vacated: [...going].filter(({ number }) => !numbers.has(number)) };
}

const isPresent = ({ removedIn }: EpisodeRow): boolean => removedIn === undefined;

/** By number of the document the row that goes on as it; where several do, one that is in the script comes first. */
function formerOf(
  mine: readonly EpisodeRow[],
  next: (row: EpisodeRow) => number | undefined,
): ReadonlyMap<number, EpisodeRow> {
  const former = new Map<number, EpisodeRow>();
  for (const row of [...mine.filter(isPresent), ...mine.filter((one) => !isPresent(one))]) {
    const number = next(row);
    if (number !== undefined && !former.has(number)) former.set(number, row);
  }
  return former;
}

/** Work that broke off may have kept an episode under its new number already. */
const keptUnder = (row: EpisodeRow, leaving: readonly EpisodeRow[]): number | undefined =>
  leaving.find((other) => other !== row && !isPresent(other) && other.documentKey === row.documentKey)?.number;
