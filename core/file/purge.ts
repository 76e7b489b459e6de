// What deleted files and purged projects leave behind in the bucket. Repeating it does no harm: orders come at least once.
import { deleteBlob, deleteUnder, foldersIn, tenantKey } from '../platform/blob.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { abortParts } from '../platform/parts.ts';
import * as Tenant from '../tenant/index.ts';
import { dropping, type FileRow, filesIn, find, openUploads } from './store.ts';

/** Takes away the object of a failed or deleted file; one that is wanted after all stays. */
export async function purgeFile(ctx: Ctx, id: string): Promise<void> {
  const row = await find(ctx, id);
  if (row?.status === 'failed' || row?.status === 'deleted') await purgeObject(ctx, row);
}

/** Files that go together: their objects at once, their rows in one commit. */
const together = 25;

/**
 * Takes away everything stored for a project that is purged: its files, whose rows go with the bytes they took, and what was derived from
 * them. Cut off, it goes on with what is left. Failed and deleted ones have given their bytes back; their own orders find no row any more.
 */
export async function purgeProject(ctx: Ctx, project: string): Promise<void> {
  const some: FileRow[] = [];
  for await (const row of filesIn(ctx, project)) {
    some.push(row);
    if (some.length === together) await purgeSome(ctx, some.splice(0));
  }
  if (some.length > 0) await purgeSome(ctx, some);
  await deleteUnder(ctx, `${tenantKey(ctx, 'projects', project)}/`);
  // what came by a link to upload when the row of its file was gone
  for await (const user of foldersIn(ctx, `${tenantKey(ctx, 'users')}/`))
    await deleteUnder(ctx, `${user}projects/${project}/`);
}

async function purgeSome(ctx: Ctx, rows: readonly FileRow[]): Promise<void> {
  await Promise.all(rows.map((row) => purgeObject(ctx, row)));
  const taking = rows.filter(({ status }) => status === 'announced' || status === 'stored');
  const bytes = taking.reduce((sum, { fileSize }) => sum + fileSize, 0);
  const back = bytes > 0 ? [Tenant.releasing(ctx, 'storage', bytes)] : [];
  await commit(ctx, { rows: [...rows.map((row) => dropping(ctx, row)), ...back] });
}

/** Abandons every upload in parts that is still open: its parts lie in the bucket, and no list of objects tells of them. */
export async function abandonUploads(ctx: Ctx): Promise<void> {
  for await (const { storageKey, uploadId } of openUploads(ctx))
    if (uploadId !== undefined) await abortParts(ctx, storageKey, uploadId);
}

async function purgeObject(ctx: Ctx, row: FileRow): Promise<void> {
  if (row.uploadId) await abortParts(ctx, row.storageKey, row.uploadId);
  await deleteBlob(ctx, row.storageKey);
}
