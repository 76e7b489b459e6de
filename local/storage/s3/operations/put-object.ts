import type { Blobs } from '../blobs.ts';
import type { Answer, Call } from '../call.ts';
import { checksumHeader } from '../checksum.ts';
import { writable } from '../conditions.ts';
import { headersToKeep } from '../kept-headers.ts';
import type { Ledger, StoredObject } from '../ledger.ts';
import { type Payload, takePayload } from '../payload.ts';

/** The checksum of a payload as it is kept and answered. */
const checksumHeaders = (payload: Payload): Record<string, string> =>
  payload.algorithm && payload.checksum !== undefined
    ? { [checksumHeader(payload.algorithm)]: payload.checksum, 'x-amz-checksum-type': 'FULL_OBJECT' }
    : {};

/** Puts a written body under a key, or removes the body again when the row is refused. */
export const place = async (
  shelf: { ledger: Ledger; blobs: Blobs },
  bucket: string,
  next: StoredObject,
  refuse: (now: StoredObject | undefined) => void,
): Promise<void> => {
  let before: StoredObject | undefined;
  try {
    before = shelf.ledger.replace(bucket, next, refuse);
  } catch (error) {
    await shelf.blobs.remove([next.file]);
    throw error;
  }
  if (before) await shelf.blobs.remove([before.file]);
};

/** PutObject: the object is the whole body of before or the whole body of this call, never a mixture. */
export const putObject = async (call: Call, shelf: { ledger: Ledger; blobs: Blobs }): Promise<Answer> => {
  const headers = headersToKeep(call);
  const payload = await takePayload(call, shelf.blobs);
  const checksum = checksumHeaders(payload);
  const { file, size, md5: etag } = payload;
  const next = { key: call.key, file, size, etag, modified: call.now, headers: { ...headers, ...checksum } };
  await place(shelf, call.bucket, next, writable(call.header));
  return {
    status: 200,
    headers: {
      etag: `"${etag}"`,
      'x-amz-server-side-encryption': headers['x-amz-server-side-encryption'] ?? '',
      ...checksum,
    },
  };
};
