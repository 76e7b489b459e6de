// Uploads in parts: start, links for parts, complete, abort, on one path.
import * as z from 'zod';
import { Callback, FileLink, Upload } from './schema.ts';

const fileId = Callback.shape.fileId;

export const ChunkAction = z.enum(['start', 'parts', 'complete', 'abort']);

/** `start` takes what /storage/upload takes; the others name the file. */
export const Chunk = z.object({
  action: ChunkAction.default('start'),
  fileId: fileId.optional(),
  ...Upload.partial().shape,
  /** parts: whose links are wanted, counted from 1; all when left out. */
  partNumbers: z.array(z.int().min(1).max(10_000)).min(1).max(1000).optional(),
  /** complete: MD5 of the whole file. */
  md5: Callback.shape.md5,
});
export type Chunk = z.infer<typeof Chunk>;

export const PartLink = z.object({
  partNumber: z.int(),
  /** Bytes of this part: exactly. */
  size: z.int(),
  uploadUrl: z.string(),
  uploadHeaders: z.record(z.string(), z.string()),
});

export const ChunkAnswer = z.object({
  fileId: z.string(),
  status: z.enum(['announced', 'stored', 'failed']),
  storageKey: z.string(),
  uploadId: z.string().nullable(),
  /** Bytes of every part but the last. */
  partSize: z.int(),
  partCount: z.int(),
  parts: z.array(PartLink),
  expiresAt: z.int().nullable(),
  /** After complete. */
  file: FileLink.nullable(),
});
