// From the documents that a script's episodes stand on now to another one.
import type { EpisodeRow } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Document } from '../script/schema.ts';
import { compare, type Successors, successorsOf } from './compare/index.ts';

/** The way to the new document for an episode's row; undefined when it stands on it already, or its own document is lost. */
export type Ways = (row: EpisodeRow) => Successors | undefined;

/** Folder of the document an episode was taken from. */
export const folderOf = ({ documentKey }: Pick<EpisodeRow, 'documentKey'>): string =>
  documentKey.replace(/\/[^/]*$/, '');

/** Whether an episode has no way to go: it is in the document already. */
const isThere = (row: EpisodeRow, folder: string): boolean => row.removedIn === undefined && folderOf(row) === folder;

/**
 * Compares every document that `rows` stand on to the new one, which is loaded only where one of them is to go there.
 * @param folder where the new one lies; '' when it is kept nowhere yet
 */
export async function waysTo(
  ctx: Ctx,
  rows: readonly EpisodeRow[],
  folder: string,
  load: () => Promise<Document>,
): Promise<Ways> {
  const ways = new Map<string, Successors>();
  const going = rows.filter((row) => !isThere(row, folder));
  const document = going.length > 0 ? await load() : undefined;
  for (const from of new Set(going.map(folderOf))) {
    const before = from === folder ? document : await getJson<Document>(ctx, `${from}/document.json`);
    if (before && document) ways.set(from, successorsOf(before, document, compare(before, document)));
  }
  return (row) => (isThere(row, folder) ? undefined : ways.get(folderOf(row)));
}

/** The number a row's episode has in the new document. */
export const nextNumber =
  (ways: Ways) =>
  (row: EpisodeRow): number | undefined => {
    const way = ways(row);
    if (way) return way.episode(row.sourceNumber);
    return row.removedIn === undefined ? row.sourceNumber : undefined;
  };
