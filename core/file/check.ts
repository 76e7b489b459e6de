// The server's own look at an uploaded object: there, of the announced size and type, with the told hash, and what its name says.
import { hashBlob, headBlob } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { type Words, words } from '../platform/words.ts';
import { extensionOf, md5Hex } from './file.ts';
import { disguise, headBytes } from './magic.ts';
import type { FileRow } from './store.ts';

export type Told = { actualSize?: number | undefined; md5?: string | undefined };

/** SHA-256 of the object, or why it cannot be believed. Throws UPLOAD_MISSING when there is no object. */
export async function checked(ctx: Ctx, row: FileRow, told: Told): Promise<{ sha256: string } | { reason: Words }> {
  const head = await headBlob(ctx, row.storageKey);
  if (!head) throw new Failure('UPLOAD_MISSING');
  const { size, contentType } = head;
  if (size !== row.fileSize)
    return {
      reason: words(
        `收到 ${size} 字节，声明为 ${row.fileSize} 字节`,
        `${size} bytes arrived, ${row.fileSize} were announced`,
      ),
    };
  if (told.actualSize !== undefined && told.actualSize !== size)
    return {
      reason: words(
        `收到 ${size} 字节，客户端计为 ${told.actualSize} 字节`,
        `${size} bytes arrived, the client counted ${told.actualSize}`,
      ),
    };
  if (contentType.toLowerCase() !== row.mimeType)
    return {
      reason: words(
        `收到的类型是 ${contentType}，声明为 ${row.mimeType}`,
        `the object is ${contentType}, ${row.mimeType} was announced`,
      ),
    };
  const { md5, sha256, start } = await hashBlob(ctx, row.storageKey, headBytes);
  if (told.md5 !== undefined && md5Hex(told.md5) !== md5)
    return { reason: words(`其 MD5 为 ${md5}`, `its MD5 is ${md5}`) };
  const reason = disguise(extensionOf(row.fileName), start);
  return reason === undefined ? { sha256 } : { reason };
}
