// What deleted files and projects leave behind in the bucket. Repeating it does no harm: orders come at least once.
import { deleteBlob, deleteUnder, tenantKey } from '../platform/blob.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { abortParts } from '../platform/parts.ts';
import * as Tenant from '../tenant/index.ts';
import { dropping, type FileRow, find, loadAll } from './store.ts';

/** Takes away the object of a failed or deleted file; one that is wanted after all stays. */
export async function purgeFile(ctx: Ctx, id: string): Promise<void> {
  const row = await find(ctx, id);
  if (row?.status === 'failed' || row?.status === 'deleted') await purgeObject(ctx, row);
}

/**
 * Takes away everything stored for a deleted project: its files, which give their bytes back, and what was derived from them.
 * Cut off, it goes on with the files that are left: those marked deleted are gone, or have an order of their own.
 */
export async function purgeProject(ctx: Ctx, project: string): Promise<void> {
  for (const row of await loadAll(ctx, project)) {
    if (row.status === 'deleted') continue;
    await purgeObject(ctx, row);
    const back = row.status === 'failed' ? [] : [Tenant.releasing(ctx, 'storage', row.fileSize)];
    await commit(ctx, { rows: [dropping(ctx, row), ...back] });
  }
  await deleteUnder(ctx, `${tenantKey(ctx, 'projects', project)}/`);
}

async function purgeObject(ctx: Ctx, row: FileRow): Promise<void> {
  if (row.uploadId) await abortParts(ctx, row.storageKey, row.uploadId);
  await deleteBlob(ctx, row.storageKey);
}
