// One file in parts: each part has its own link of exactly its size; the server lists the parts itself before it joins them.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { abortParts, finishParts, listParts, presignPart, startParts } from '../platform/parts.ts';
import { parsed, verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { announced, keepAnnounced } from './announce.ts';
import { type Chunk, ChunkAnswer, Chunk as ChunkInput } from './chunk-schema.ts';
import { completed, failed } from './complete.ts';
import { partSize, partSizes } from './file.ts';
import { linked } from './link.ts';
import { FileId, linkSeconds, Upload } from './schema.ts';
import { type FileRow, load } from './store.ts';

export const chunk = verb({
  name: 'file.chunk',
  summary: 'Uploads a file in parts. action: start, parts (their links), complete, abort.',
  needs: 'file:write',
  input: ChunkInput,
  output: ChunkAnswer,
  run: async (ctx, { action, ...asked }) => {
    if (action === 'start') return begin(ctx, parsed(ctx, Upload, asked));
    const row = await load(ctx, parsed(ctx, FileId, asked).fileId);
    const uploadId = openUpload(row, action);
    switch (action) {
      case 'parts':
        return links(ctx, row, uploadId, asked.partNumbers);
      case 'complete':
        return complete(ctx, row, uploadId, asked);
      case 'abort':
        await abortParts(ctx, row.storageKey, uploadId);
        return told(await failed(ctx, row, 'the client abandoned the upload'));
    }
  },
});

async function begin(ctx: Ctx, asked: Upload) {
  const row = await announced(ctx, asked);
  const uploadId = await startParts(ctx, row.storageKey, row.mimeType);
  const started = { ...row, uploadId };
  await keepAnnounced(ctx, started);
  return told(started);
}

/** What an upload may be already when it is said again, for the answer was not heard. */
const already: Partial<Record<Chunk['action'], FileRow['status']>> = { complete: 'stored', abort: 'failed' };

/** Throws UPLOAD_CLOSED when it has ended otherwise, CONFLICT when the file is not uploaded in parts. */
function openUpload({ status, uploadId }: FileRow, action: Chunk['action']): string {
  if (status !== 'announced' && status !== already[action]) throw new Failure('UPLOAD_CLOSED');
  if (!uploadId)
    throw new Failure('CONFLICT', {
      reason: words(
        '该文件声明为整体上传，请直接 PUT 到上传地址',
        'this file was announced as one piece; PUT it to its link',
      ),
    });
  return uploadId;
}

async function links(ctx: Ctx, row: FileRow, uploadId: string, wanted?: number[]) {
  const sizes = partSizes(row.fileSize);
  const numbers = [...new Set(wanted ?? sizes.map((_, at) => at + 1))];
  const beyond = numbers.find((number) => number > sizes.length);
  if (beyond !== undefined)
    throw new Failure('INVALID_REQUEST', {
      reason: words(
        `part_numbers: ${beyond}；该文件只有 ${sizes.length} 个分片`,
        `part_numbers: ${beyond}; the file has ${sizes.length} parts`,
      ),
    });
  const signed = await Promise.all(
    numbers.map(async (partNumber) => {
      const size = sizes[partNumber - 1] ?? 0;
      const part = { uploadId, partNumber, size };
      return { ...part, ...(await presignPart(ctx, row.storageKey, part, linkSeconds.shortest)) };
    }),
  );
  const parts = signed.map(({ partNumber, size, url, headers }) => ({
    partNumber,
    size,
    uploadUrl: url,
    uploadHeaders: headers,
  }));
  const seconds = Math.min(...signed.map((part) => part.seconds));
  return { ...told(row), parts, expiresAt: ctx.now() + seconds * 1000 };
}

/** Joins the parts, then checks the object like any other. A repeated call after a crash finds the parts joined and goes on. */
async function complete(ctx: Ctx, row: FileRow, uploadId: string, { md5 }: Pick<Chunk, 'md5'>) {
  const stored = await listParts(ctx, row.storageKey, uploadId);
  if (stored) {
    const sizes = partSizes(row.fileSize);
    const missing = sizes.flatMap((size, at) =>
      stored.some(({ partNumber, size: has }) => partNumber === at + 1 && has === size) ? [] : [at + 1],
    );
    if (missing.length > 0) throw new Failure('UPLOAD_MISSING', { missing_parts: missing.slice(0, 100) });
    await finishParts(ctx, row.storageKey, uploadId, stored.slice(0, sizes.length));
  }
  const done = await completed(ctx, row, { md5 });
  return { ...told(done), file: await linked(ctx, done) };
}

const told = (row: FileRow) => ({
  fileId: row.id,
  status: row.status as 'announced' | 'stored' | 'failed',
  storageKey: row.storageKey,
  uploadId: row.uploadId ?? null,
  partSize,
  partCount: partSizes(row.fileSize).length,
  parts: [],
  expiresAt: null,
  file: null,
});
