// The parsed document of a revision, whether work has read it already or not.
import { getBlob, getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, type FailureCode, notFound } from '../platform/failure.ts';
import { parse } from '../script/index.ts';
import type { Document } from '../script/schema.ts';
import type { RevisionRow } from './store.ts';

/**
 * Bytes of a source that are read while somebody waits. A season is 200 to 400 KB as text; a docx or pdf of it is rarely above this, and
 * is read in a few seconds.
 */
const quickBytes = 4 * 1024 * 1024;

/**
 * The document as it is kept, or read now and kept nowhere.
 * Throws why the revision could not be read, SCRIPT_NOT_READ where it is too large to be read in a request, NOT_FOUND.
 */
export async function documentOf(ctx: Ctx, row: RevisionRow): Promise<Document> {
  if (row.status === 'failed') throw new Failure((row.errorCode ?? 'CONFLICT') as FailureCode);
  if (row.documentKey) return present(await getJson<Document>(ctx, `${row.documentKey}/document.json`));
  // its size is known without fetching it
  mustBeQuick(row.size);
  return parse(present(await getBlob(ctx, row.sourceKey)), row.fileName);
}

/** A document of bytes that are kept nowhere. Throws SCRIPT_NOT_READ where they are too many, and what reading a file throws. */
export async function readNow(bytes: Uint8Array, fileName: string): Promise<Document> {
  mustBeQuick(bytes.length);
  return parse(bytes, fileName);
}

function mustBeQuick(size: number): void {
  if (size > quickBytes) throw new Failure('SCRIPT_NOT_READ', { size_bytes: size, limit_bytes: quickBytes });
}

function present<T>(found: T | undefined): T {
  if (found === undefined) throw notFound();
  return found;
}
