// A script that is sent again after it was deleted: it goes on from the episodes of the deleted one, as a revision of that would.
import type { EpisodeRow } from '../episode/store.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Document } from '../script/schema.ts';
import type { Successors } from './compare/index.ts';
import { isThere } from './standing.ts';
import { findScript, findScripts, type ScriptRow, savingScript } from './store.ts';

/** Where a script stands that may be another one sent again. */
export type Coming = {
  readonly script: string;
  /** Where its document lies; '' when it is kept nowhere yet. */
  readonly folder: string;
  readonly load: () => Promise<Document>;
};

/**
 * The deleted script of the project that this one tells again: the one it was given before, for work that broke off; else, of one that has no
 * episodes yet, the one it tells most of. Undefined where there is none: one that is there, is gone for good, is another's already or is
 * another story keeps its own.
 * @param rows all episodes of the project
 */
export async function formerScript(
  ctx: Ctx,
  rows: readonly EpisodeRow[],
  { script, folder, load }: Coming,
): Promise<ScriptRow | undefined> {
  const others = [...Map.groupBy(rows, (row) => row.script)].filter(([id]) => id !== script);
  const scripts = await findScripts(
    ctx,
    others.map(([id]) => id),
  );
  const found = others.map(([id, of]) => ({
    of: of.filter(({ removedIn }) => removedIn === undefined),
    row: scripts.get(id),
  }));
  const given = found.find(({ row }) => row?.status === 'deleted' && row.heir === script)?.row;
  if (given || rows.some((row) => row.script === script)) return given;
  const deleted: { of: readonly EpisodeRow[]; row: ScriptRow }[] = [];
  for (const { of, row } of found)
    if (row?.status === 'deleted' && of.length > 0 && !(await isGiven(ctx, row))) deleted.push({ of, row });
  if (deleted.length === 0) return undefined;
  const { waysTo } = await import('./ways.ts');
  const ways = await waysTo(
    ctx,
    deleted.flatMap(({ of }) => of),
    folder,
    load,
  );
  const told = deleted.map(({ of, row }) => {
    const known = of.filter((one) => isThere(one, folder) || isTold(ways(one), one.sourceNumber)).length;
    return { row, known, isAgain: known > 0 && 2 * known >= of.length };
  });
  // of two as good, what was deleted last is what people had before them
  return told
    .filter(({ isAgain }) => isAgain)
    .toSorted((a, b) => b.known - a.known || b.row.updatedAt - a.row.updatedAt)[0]?.row;
}

/** Whether its episodes are another's that is there: where the taking over broke off, it goes on with all of them. */
const isGiven = async (ctx: Ctx, { heir }: ScriptRow): Promise<boolean> =>
  heir !== undefined && (await findScript(ctx, heir))?.status === 'active';

/** Whether at least half of an episode's lines are in the new document, word for word. */
function isTold(way: Successors | undefined, episode: number): boolean {
  const lines = way?.comparison.elements.filter(({ before }) => before?.episode === episode) ?? [];
  const known = lines.filter(({ status }) => status === 'same' || status === 'moved').length;
  return known > 0 && 2 * known >= lines.length;
}

/** The episodes of a project as they are once those of `former` are this script's; of no revision of it yet. */
export const inherited = (
  rows: readonly EpisodeRow[],
  script: string,
  former: ScriptRow | undefined,
): readonly EpisodeRow[] =>
  former ? rows.map((row) => (row.script === former.id ? { ...row, script, revision: 0 } : row)) : rows;

/** Notes whose episodes they are from now on. Repeated, it changes nothing. Throws STALE_VERSION when the deleted one is restored at this moment. */
export async function giveTo(ctx: Ctx, former: ScriptRow, script: string): Promise<void> {
  if (former.heir === script) return;
  const { id, project } = former;
  await commit(ctx, {
    rows: [savingScript(ctx, former, { heir: script })],
    audit: { object: id, project, after: { episodes_to: script } },
  });
}
