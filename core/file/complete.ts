// Ending an upload: believed, or failed with its bytes given back and the object purged.
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import * as Tenant from '../tenant/index.ts';
import { checked, type Told } from './check.ts';
import { closing, type FileRow } from './store.ts';

/** The stored row. Throws UPLOAD_CLOSED, UPLOAD_MISSING (it can still arrive), UPLOAD_MISMATCH (the upload has failed then). */
export async function completed(ctx: Ctx, row: FileRow, told: Told): Promise<FileRow> {
  if (row.status !== 'announced') throw new Failure('UPLOAD_CLOSED');
  const verdict = await checked(ctx, row, told);
  if ('reason' in verdict) {
    await failed(ctx, row, verdict.reason.en);
    throw new Failure('UPLOAD_MISMATCH', verdict);
  }
  const { id, project, fileType } = row;
  await commit(ctx, {
    rows: [closing(ctx, row, { status: 'stored', ...verdict })],
    audit: { object: id, project, before: { status: 'announced' }, after: { status: 'stored' } },
    facts: [{ type: 'file.stored', subject: id, project, detail: { fileType } }],
  });
  return { ...row, ...verdict, status: 'stored', version: row.version + 1, updatedAt: ctx.now() };
}

/** Closes an upload as failed. The fact leads to the purge of what may have arrived. Throws UPLOAD_CLOSED. */
export async function failed(ctx: Ctx, row: FileRow, reason: string): Promise<FileRow> {
  if (row.status !== 'announced') throw new Failure('UPLOAD_CLOSED');
  const { id, project } = row;
  await commit(ctx, {
    rows: [closing(ctx, row, { status: 'failed' }), Tenant.releasing(ctx, 'storage', row.fileSize)],
    audit: { object: id, project, before: { status: 'announced' }, after: { status: 'failed', reason } },
    facts: [{ type: 'file.failed', subject: id, project, detail: { reason } }],
  });
  return { ...row, status: 'failed', version: row.version + 1, updatedAt: ctx.now() };
}
