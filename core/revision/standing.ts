// Which document an episode stands on, and where it goes when another takes its place. Pure.
import type { EpisodeRow } from '../episode/store.ts';
import type { Successors } from './compare/index.ts';

/** Folder of the document an episode was taken from. */
export const folderOf = ({ documentKey }: Pick<EpisodeRow, 'documentKey'>): string =>
  documentKey.replace(/\/[^/]*$/, '');

/** Whether an episode has no way to go: it is in the document already. */
export const isThere = (row: EpisodeRow, folder: string): boolean =>
  row.removedIn === undefined && folderOf(row) === folder;

/** The way to the new document for an episode's row; undefined when it stands on it already, or its own document is lost. */
export type Ways = (row: EpisodeRow) => Successors | undefined;

/** The number a row's episode has in the new document. */
export const nextNumber =
  (ways: Ways) =>
  (row: EpisodeRow): number | undefined => {
    const way = ways(row);
    if (way) return way.episode(row.sourceNumber);
    return row.removedIn === undefined ? row.sourceNumber : undefined;
  };
