// Where a revision's bytes come from: an uploaded file, or text in the request, which is stored before anything refers to it.
import { createHash } from 'node:crypto';
import * as File from '../file/index.ts';
import { putBlob } from '../platform/blob.ts';
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { workKey } from './store.ts';
import { keepingText } from './text.ts';

export type Source = { fileId?: string | undefined; rawText?: string | undefined; fileName?: string | undefined };
/** `keeping`: rows by which a text takes its bytes; they belong into the commit of the revision. */
export type Stored = { fileId?: string; fileName: string; size: number; sourceKey: string; keeping?: Write[] };

/** Throws NOT_FOUND (a file of another project too), FILE_NOT_READY, UPLOAD_FAILED, FILE_TYPE_UNSUPPORTED (the file was uploaded as something else than a script), QUOTA_EXCEEDED (of a text). */
export async function stored(ctx: Ctx, project: string, source: Source): Promise<Stored> {
  return source.fileId === undefined ? storeText(ctx, project, source) : uploaded(ctx, project, source.fileId);
}

async function uploaded(ctx: Ctx, project: string, fileId: string): Promise<Stored> {
  const file = await File.load(ctx, fileId);
  if (file.project !== project) throw notFound();
  File.mustBeStored(file);
  if (file.fileType !== 'script')
    throw new Failure('FILE_TYPE_UNSUPPORTED', { content_type: file.mimeType, file_name: file.fileName });
  return { fileId, fileName: file.fileName, size: file.fileSize, sourceKey: file.storageKey };
}

/** Where a text in a request lies once it is stored: the same for the same words. */
export const textKey = (ctx: Ctx, project: string, rawText: string): string =>
  workKey(ctx, project, 'sources', `${createHash('sha256').update(rawText, 'utf8').digest('hex')}.txt`);

/** The name of a text that was given none. */
export const unnamed = 'script.txt';

async function storeText(ctx: Ctx, project: string, { rawText = '', fileName = unnamed }: Source): Promise<Stored> {
  const bytes = new TextEncoder().encode(rawText);
  const sourceKey = textKey(ctx, project, rawText);
  const keeping = await keepingText(ctx, project, sourceKey, bytes.length);
  await putBlob(ctx, sourceKey, bytes, 'text/plain; charset=utf-8');
  return { fileName, size: bytes.length, sourceKey, keeping };
}
