import type { Blobs } from '../blobs.ts';
import type { Answer, Call } from '../call.ts';
import { rangeOf, readable } from '../conditions.ts';
import { S3Failure } from '../failure.ts';
import type { Ledger, StoredObject } from '../ledger.ts';

const overrides = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** response-content-type and the like: a signed caller may choose these headers of the answer. */
const chosen = (query: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    overrides.flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );

/** Checksums are told to those who ask, and for the whole object alone. */
const told = (object: StoredObject, whole: boolean, call: Call): Record<string, string> => {
  const asked = whole && call.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return Object.fromEntries(
    Object.entries(object.headers).filter(([name]) => asked || !name.startsWith('x-amz-checksum-')),
  );
};

/** The object, or NoSuchKey; a caller who may not list gets AccessDenied, so that absence tells nothing (as on S3). */
export const findObject = (call: Call, ledger: Ledger, place: { bucket: string; key: string } = call): StoredObject => {
  if (!ledger.hasBucket(place.bucket)) throw new S3Failure('NoSuchBucket', undefined, { BucketName: place.bucket });
  const object = ledger.get(place.bucket, place.key);
  if (object) return object;
  if (call.may('s3:ListBucket', `arn:aws:s3:::${place.bucket}`))
    throw new S3Failure('NoSuchKey', undefined, { Key: place.key });
  throw new S3Failure(
    'AccessDenied',
    'Access Denied: the key does not exist, or s3:GetObject is not granted on it (S3 answers 404 only to callers with s3:ListBucket).',
  );
};

/** GetObject and HeadObject, with Range, conditions and response-… overrides. */
export const getObject = async (call: Call, shelf: { ledger: Ledger; blobs: Blobs }): Promise<Answer> => {
  const object = findObject(call, shelf.ledger);
  const standing = { etag: `"${object.etag}"`, 'last-modified': new Date(object.modified).toUTCString() };
  if (readable(call.header, object) === 'not-modified') return { status: 304, headers: standing };
  const range = rangeOf(call.header('range'), object.size);
  const headers: Record<string, string> = {
    ...told(object, range === undefined, call),
    ...chosen(call.query),
    ...standing,
    'accept-ranges': 'bytes',
    'content-length': String(range ? range.end - range.start + 1 : object.size),
  };
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${object.size}`;
  const status = range ? 206 : 200;
  return call.method === 'HEAD' ? { status, headers } : { status, headers, body: shelf.blobs.read(object.file, range) };
};
