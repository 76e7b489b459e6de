// Ending an upload: believed, or failed with its bytes given back and the object purged. Who did not hear the answer says it again.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Fact } from '../platform/event.ts';
import { Failure } from '../platform/failure.ts';
import * as Tenant from '../tenant/index.ts';
import { checked, type Told } from './check.ts';
import { closing, type FileRow, find } from './store.ts';

/**
 * The stored row; said again of one that is stored, the row as it is. Throws UPLOAD_CLOSED of one that ended otherwise or whose bytes are not
 * what is told now, UPLOAD_MISSING (it can still arrive), UPLOAD_MISMATCH (the upload has failed then).
 */
export async function completed(ctx: Ctx, row: FileRow, told: Told): Promise<FileRow> {
  if (row.status !== 'announced' && row.status !== 'stored') throw new Failure('UPLOAD_CLOSED');
  const verdict = await checked(ctx, row, told);
  if (row.status === 'stored') {
    if ('reason' in verdict) throw new Failure('UPLOAD_CLOSED');
    return row;
  }
  if ('reason' in verdict) {
    await failed(ctx, row, verdict.reason.en);
    throw new Failure('UPLOAD_MISMATCH', verdict);
  }
  const { id, project, fileType } = row;
  return ended(ctx, row, {
    next: { status: 'stored', ...verdict },
    after: { status: 'stored' },
    fact: { type: 'file.stored', subject: id, project, detail: { fileType } },
  });
}

/** Closes an upload as failed; one that is failed stays so. The fact leads to the purge of what may have arrived. Throws UPLOAD_CLOSED. */
export async function failed(ctx: Ctx, row: FileRow, reason: string): Promise<FileRow> {
  if (row.status === 'failed') return row;
  if (row.status !== 'announced') throw new Failure('UPLOAD_CLOSED');
  const { id, project } = row;
  return ended(ctx, row, {
    next: { status: 'failed' },
    along: [Tenant.releasing(ctx, 'storage', row.fileSize)],
    after: { status: 'failed', reason },
    fact: { type: 'file.failed', subject: id, project, detail: { reason } },
  });
}

type End = {
  readonly next: Pick<FileRow, 'status'> & Partial<FileRow>;
  readonly along?: readonly Write[];
  readonly after: Readonly<Record<string, unknown>>;
  readonly fact: Fact;
};

/** Commits an end; of two at the same moment one does, and both are answered it. Throws UPLOAD_CLOSED where the other ended it otherwise. */
async function ended(ctx: Ctx, row: FileRow, { next, along = [], after, fact }: End): Promise<FileRow> {
  const { id, project, version } = row;
  const now = ctx.now();
  try {
    await commit(ctx, {
      rows: [closing(ctx, row, next, now), ...along],
      audit: { object: id, project, before: { status: 'announced' }, after },
      facts: [fact],
    });
  } catch (error) {
    const current = error instanceof Failure && error.code === 'UPLOAD_CLOSED' ? await find(ctx, id) : undefined;
    if (current?.status !== next.status) throw error;
    return current;
  }
  return { ...row, ...next, version: version + 1, updatedAt: now };
}
