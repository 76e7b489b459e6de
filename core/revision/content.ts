// The parsed document of a revision, whether work has read it already or not.
import { getBlob, getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, type FailureCode, notFound } from '../platform/failure.ts';
import { parse } from '../script/index.ts';
import type { Document } from '../script/schema.ts';
import type { RevisionRow } from './store.ts';

/** Bytes. What is larger takes longer to read than a request may last. */
const mostRead = 2_000_000;

/**
 * The document as it is kept, or read now and kept nowhere.
 * Throws why the revision could not be read, REVISION_UNREAD where it is too large to be read in a request, NOT_FOUND.
 */
export async function documentOf(ctx: Ctx, row: RevisionRow): Promise<Document> {
  if (row.status === 'failed') throw new Failure((row.errorCode ?? 'CONFLICT') as FailureCode);
  if (row.documentKey) return present(await getJson<Document>(ctx, `${row.documentKey}/document.json`));
  if (row.size > mostRead) throw new Failure('REVISION_UNREAD', { limit_bytes: mostRead });
  return parse(present(await getBlob(ctx, row.sourceKey)), row.fileName);
}

function present<T>(found: T | undefined): T {
  if (found === undefined) throw notFound();
  return found;
}
