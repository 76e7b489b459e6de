// The server's own look at an uploaded object: there, of the announced size and type, with the told hash, and what its name says.
import { hashBlob, headBlob } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { extensionOf, md5Hex } from './file.ts';
import { disguise, headBytes } from './magic.ts';
import type { FileRow } from './store.ts';

export type Told = { actualSize?: number | undefined; md5?: string | undefined };

/** SHA-256 of the object, or why it cannot be believed. Throws UPLOAD_MISSING when there is no object. */
export async function checked(ctx: Ctx, row: FileRow, told: Told): Promise<{ sha256: string } | { reason: string }> {
  const head = await headBlob(ctx, row.storageKey);
  if (!head) throw new Failure('UPLOAD_MISSING');
  const { size, contentType } = head;
  if (size !== row.fileSize) return { reason: `${size} bytes arrived, ${row.fileSize} were announced` };
  if (told.actualSize !== undefined && told.actualSize !== size)
    return { reason: `${size} bytes arrived, the client counted ${told.actualSize}` };
  if (contentType.toLowerCase() !== row.mimeType)
    return { reason: `the object is ${contentType}, ${row.mimeType} was announced` };
  const { md5, sha256, start } = await hashBlob(ctx, row.storageKey, headBytes);
  if (told.md5 !== undefined && md5Hex(told.md5) !== md5) return { reason: `its MD5 is ${md5}` };
  const reason = disguise(extensionOf(row.fileName), start);
  return reason === undefined ? { sha256 } : { reason };
}
