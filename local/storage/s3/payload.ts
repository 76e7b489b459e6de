// Takes the body of a call in and proves it: length, signed hash, Content-MD5 and checksum.

import type { Blob, Blobs } from './blobs.ts';
import type { Call } from './call.ts';
import { type Algorithm, announced, checksumHeader } from './checksum.ts';
import { unframe } from './chunks.ts';
import { S3Failure } from './failure.ts';

/** Largest body of one request in S3: 5 GiB. Bodies are streamed to disk, never held in memory. */
const LARGEST = 5 * 1024 ** 3;

/** A proven body; `algorithm` says how its `checksum` was made. */
export type Payload = Blob & { readonly algorithm?: Algorithm };

const lengthOf = (call: Call, framed: boolean): number => {
  const header = call.header(framed ? 'x-amz-decoded-content-length' : 'content-length');
  if (header === undefined || !/^\d+$/.test(header)) throw new S3Failure('MissingContentLength');
  const length = Number(header);
  if (length > LARGEST)
    throw new S3Failure('EntityTooLarge', undefined, { ProposedSize: header, MaxSizeAllowed: String(LARGEST) });
  return length;
};

const isFramed = (call: Call): boolean => {
  if (!call.payloadHash.startsWith('STREAMING-')) return false;
  if (call.payloadHash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    throw new S3Failure(
      'NotImplemented',
      'Bodies signed chunk by chunk are not available in the local cloud; send the body whole or with an unsigned trailer.',
    );
  return true;
};

async function* exactly(source: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > length) throw new S3Failure('IncompleteBody', 'The request body is longer than its announced length');
    yield chunk;
  }
  if (size < length) throw new S3Failure('IncompleteBody');
}

const check = (
  call: Call,
  blob: Blob,
  announcement: { algorithm: Algorithm; value?: string | undefined } | undefined,
): void => {
  if (blob.sha256 !== undefined && blob.sha256 !== call.payloadHash)
    throw new S3Failure('XAmzContentSHA256Mismatch', undefined, {
      ClientComputedContentSHA256: call.payloadHash,
      S3ComputedContentSHA256: blob.sha256,
    });
  const md5 = call.header('content-md5');
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) throw new S3Failure('InvalidDigest');
    if (Buffer.from(md5, 'base64').toString('hex') !== blob.md5)
      throw new S3Failure('BadDigest', undefined, {
        ExpectedDigest: md5,
        CalculatedDigest: Buffer.from(blob.md5, 'hex').toString('base64'),
      });
  }
  if (announcement?.value !== undefined && announcement.value !== blob.checksum)
    throw new S3Failure(
      'BadDigest',
      `The ${announcement.algorithm} you specified did not match the calculated checksum.`,
    );
};

/** Writes the body of a call to a file. Throws when it is not what was signed or announced; then no file is left. */
export const takePayload = async (call: Call, blobs: Blobs): Promise<Payload> => {
  const framed = isFramed(call);
  const length = lengthOf(call, framed);
  const announcement = announced(call.header);
  const trailers = new Map<string, string>();
  const source = exactly(framed ? unframe(call.body, trailers) : call.body, length);
  const sha256 = /^[0-9a-f]{64}$/.test(call.payloadHash);
  const blob = await blobs.write(source, { sha256, algorithm: announcement?.algorithm });
  try {
    const value = announcement && (announcement.value ?? trailers.get(checksumHeader(announcement.algorithm)));
    check(call, blob, announcement && { algorithm: announcement.algorithm, value });
  } catch (error) {
    await blobs.remove([blob.file]);
    throw error;
  }
  return announcement ? { ...blob, algorithm: announcement.algorithm } : blob;
};

/** The body of a call as text, proven like any other; for the XML documents of the API. */
export const takeText = async (call: Call, blobs: Blobs, limit = 2 * 1024 ** 2): Promise<string> => {
  if (lengthOf(call, isFramed(call)) > limit) throw new S3Failure('MalformedXML');
  const payload = await takePayload(call, blobs);
  try {
    return Buffer.concat(await blobs.read(payload.file).toArray()).toString('utf8');
  } finally {
    await blobs.remove([payload.file]);
  }
};
