// From the documents that a script's episodes stand on now to another one.
import type { EpisodeRow } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Document } from '../script/schema.ts';
import { compare, type Successors, successorsOf } from './compare/index.ts';
import { folderOf, isThere, type Ways } from './standing.ts';

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
