// What deleted files and purged projects leave behind in the bucket. Repeating it does no harm: orders come at least once.
import { deleteBlob, deleteUnder, tenantKey } from '../platform/blob.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { abortParts } from '../platform/parts.ts';
import * as Tenant from '../tenant/index.ts';
import { dropping, type FileRow, find, loadAll, openUploads } from './store.ts';

/** Takes away the object of a failed or deleted file; one that is wanted after all stays. */
export async function purgeFile(ctx: Ctx, id: string): Promise<void> {
  const row = await find(ctx, id);
  if (row?.status === 'failed' || row?.status === 'deleted') await purgeObject(ctx, row);
}

/**
 * Takes away everything stored for a project that is purged: its files, which give their bytes back, and what was derived from them.
 * Cut off, it goes on with what is left. Those marked deleted have given their bytes back; their rows go, so their own orders would not find them.
 */
export async function purgeProject(ctx: Ctx, project: string): Promise<void> {
  for (const row of await loadAll(ctx, project)) {
    await purgeObject(ctx, row);
    if (row.status === 'deleted') continue;
    const back = row.status === 'failed' ? [] : [Tenant.releasing(ctx, 'storage', row.fileSize)];
    await commit(ctx, { rows: [dropping(ctx, row), ...back] });
  }
  await deleteUnder(ctx, `${tenantKey(ctx, 'projects', project)}/`);
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
