// Uploading as a client does: the link, the bytes, the word that they are there.
import * as File from '../../core/file/index.ts';
import type { Ctx } from '../../core/platform/ctx.ts';

type Announced = Parameters<typeof File.upload>[1];

export const text = (content: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(content));

/** PUTs bytes to a link with its headers. The length is the bytes' own. */
export const put = (
  link: { uploadUrl: string; uploadHeaders: Record<string, string> },
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const { 'content-length': _, ...told } = { ...link.uploadHeaders, ...headers };
  return fetch(link.uploadUrl, { method: 'PUT', body: bytes, headers: told });
};

/** Announces a script of these bytes; `change` says what is announced otherwise. */
export const announce = (ctx: Ctx, projectId: string, bytes: Uint8Array, change: Partial<Announced> = {}) =>
  File.upload(ctx, {
    projectId,
    fileName: '剧本.txt',
    fileType: 'script',
    fileSize: bytes.length,
    contentType: 'text/plain',
    ...change,
  });

/** A stored script file. */
export async function aFile(ctx: Ctx, projectId: string, content = '第1集\n1-1 日 内 书店\n林晚：您好。') {
  const bytes = text(content);
  const ticket = await announce(ctx, projectId, bytes);
  const answer = await put(ticket, bytes);
  if (!answer.ok) throw new Error(await answer.text());
  return File.callback(ctx, { fileId: ticket.fileId, uploadStatus: 'success', actualSize: bytes.length });
}
