// The end of a script for good: its row goes with the fact that leads to the purge of its revisions and of the texts they were made of.
// The documents stay: the episodes that were taken from them still stand on them. They go with the project.
import { deleteBlob } from '../platform/blob.ts';
import { commit, commitAll, removing } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { everything } from '../platform/page.ts';
import { findScript, loadRevisions, RevisionEntity, type RevisionRow, ScriptEntity } from './store.ts';
import { findText, forgetText } from './text.ts';

/** Ends a script whose time to be restored is over; one that was restored, or is gone, is left alone. */
export async function purgeDue(ctx: Ctx, id: string): Promise<void> {
  const row = await findScript(ctx, id);
  if (row?.purgeAt === undefined || row.purgeAt > ctx.now()) return;
  const { project } = row;
  const gone = ScriptEntity.remove({ tenant: ctx.tenant, id }).where(({ version }, { eq }) => eq(version, row.version));
  try {
    await commit(ctx, {
      rows: [removing(ctx.stores.core, gone)],
      audit: { object: id, project, before: { status: 'deleted' }, after: { status: 'purged' } },
      facts: [{ type: 'script.purged', subject: id, project }],
    });
  } catch (error) {
    // somebody restores it at this moment
    if (!(error instanceof Failure && ['NOT_FOUND', 'STALE_VERSION'].includes(error.code))) throw error;
  }
}

/**
 * Takes away what a purged script left: texts that no other revision of the project was made of, with the bytes they took, and then the
 * revisions. Can be repeated. Throws STALE_VERSION where another is made of such a text at this moment.
 */
export async function purgeScript(ctx: Ctx, project: string, script: string): Promise<void> {
  const own = await loadRevisions(ctx, script);
  // an uploaded file is a thing of its own, and is deleted by itself
  const texts = new Set(own.filter(({ fileId }) => fileId === undefined).map(({ sourceKey }) => sourceKey));
  // read before it is asked who else is made of them: who comes later changes the row
  const kept = await Promise.all([...texts].map(async (key) => ({ key, row: await findText(ctx, project, key) })));
  const others = new Set((await othersOf(ctx, project, script)).map(({ sourceKey }) => sourceKey));
  for (const { key, row } of kept) {
    if (others.has(key)) continue;
    if (row) await forgetText(ctx, row);
    await deleteBlob(ctx, key);
  }
  const rows = own.map(({ number }) =>
    removing(ctx.stores.core, RevisionEntity.delete({ tenant: ctx.tenant, script, number })),
  );
  await commitAll(ctx, rows);
}

/** Revisions of the other scripts of a project; they lie among those of all projects of the tenant. */
async function othersOf(ctx: Ctx, of: string, script: string): Promise<RevisionRow[]> {
  const query = RevisionEntity.query
    .primary({ tenant: ctx.tenant })
    .begins({ script: '' })
    .where(({ project }, { eq }) => eq(project, of));
  return (await everything<RevisionRow>(ctx, query, RevisionEntity)).filter((row) => row.script !== script);
}
