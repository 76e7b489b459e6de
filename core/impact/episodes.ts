// Episodes with their numbers in the project, before and after. Pure.
import type { EpisodeRow } from '../episode/store.ts';
import type { Comparison, Rename } from '../revision/compare/index.ts';
import type { Placing } from '../revision/placing.ts';
import type { Document } from '../script/schema.ts';
import type { EpisodeImpact } from './schema.ts';

/** What a revision was compared to. */
export type Base = {
  readonly against: number | null;
  readonly comparison: Comparison;
  readonly renames: readonly Rename[];
  /** The episodes that stand on it; none where nothing does. */
  readonly rows: readonly EpisodeRow[];
  /** The document, where no episode stands on it. */
  readonly former?: Pick<Document, 'episodes'>;
};

export function episodeImpacts(
  { comparison, rows, former }: Base,
  document: Pick<Document, 'episodes'>,
  { placed, left }: Placing,
): EpisodeImpact[] {
  const titles = new Map(document.episodes.map(({ number, title }) => [number, title]));
  const old = new Map(former?.episodes.map(({ number, title }) => [number, title]));
  return comparison.episodes.map(({ status, before, after, scenes }) => {
    const row = rows.find(({ sourceNumber }) => sourceNumber === before);
    const number = before === null ? null : (row?.number ?? before);
    const now = placed.find(({ entry }) => entry.number === after)?.number;
    const kept = left.find((one) => one.row === row)?.number;
    return {
      title: titles.get(after ?? 0) ?? row?.title ?? old.get(before ?? 0) ?? '',
      status,
      before: number,
      after: now ?? kept ?? number ?? 0,
      scenes,
    };
  });
}
