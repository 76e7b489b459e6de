import type { Blobs } from '../blobs.ts';
import { type Answer, type Call, checkKey, xmlAnswer } from '../call.ts';
import { S3Failure } from '../failure.ts';
import type { Ledger } from '../ledger.ts';
import { takeText } from '../payload.ts';
import { document, element, parseXml, wrap } from '../xml.ts';

type Shelf = { ledger: Ledger; blobs: Blobs };

const remove = async (shelf: Shelf, bucket: string, key: string): Promise<void> => {
  const before = shelf.ledger.remove(bucket, key);
  if (before) await shelf.blobs.remove([before.file]);
};

const removeVersion = async (shelf: Shelf, bucket: string, key: string, version: string): Promise<void> => {
  const free = shelf.ledger.removeVersion(bucket, key, version);
  if (free !== undefined) await shelf.blobs.remove([free]);
};

/** DeleteObject: 204 whether the key was there or not. */
export const deleteObject = async (call: Call, shelf: Shelf): Promise<Answer> => {
  await remove(shelf, call.bucket, call.key);
  return { status: 204 };
};

/** Keys one DeleteObjects call may name. */
const MOST_KEYS = 1000;

type Named = { readonly key: string; readonly version: string | undefined };

const namedIn = (text: string): { named: Named[]; quiet: boolean } => {
  const found = parseXml(text, 'Delete');
  const objects = found?.Object;
  if (!found || !Array.isArray(objects) || objects.length > MOST_KEYS) throw new S3Failure('MalformedXML');
  const named = objects.map((one: unknown) => {
    const { Key: key, VersionId: version } = (typeof one === 'object' && one !== null ? one : {}) as Record<
      string,
      unknown
    >;
    if (typeof key !== 'string' || key === '') throw new S3Failure('MalformedXML');
    if (version !== undefined && typeof version !== 'string') throw new S3Failure('MalformedXML');
    return { key, version };
  });
  return { named, quiet: found.Quiet === 'true' };
};

const problem = (key: string, error: S3Failure): string =>
  wrap('Error', element('Key', key) + element('Code', error.code) + element('Message', error.message));

/** DeleteObjects: each key is judged on its own; the answer lists both sorts. */
export const deleteObjects = async (call: Call, shelf: Shelf): Promise<Answer> => {
  if (!['content-md5', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer'].some((name) => call.header(name) !== undefined))
    throw new S3Failure('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const { named, quiet } = namedIn(await takeText(call, shelf.blobs));
  const lines: string[] = [];
  for (const { key, version } of named) {
    try {
      checkKey(key);
      const action = version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
      if (!call.may(action, `arn:aws:s3:::${call.bucket}/${key}`)) throw new S3Failure('AccessDenied');
      await (version === undefined ? remove(shelf, call.bucket, key) : removeVersion(shelf, call.bucket, key, version));
      const of = version === undefined ? '' : element('VersionId', version);
      if (!quiet) lines.push(wrap('Deleted', element('Key', key) + of));
    } catch (error) {
      if (!(error instanceof S3Failure)) throw error;
      lines.push(problem(key, error));
    }
  }
  return xmlAnswer(document('DeleteResult', lines.join('')));
};
