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

/** DeleteObject: 204 whether the key was there or not. */
export const deleteObject = async (call: Call, shelf: Shelf): Promise<Answer> => {
  await remove(shelf, call.bucket, call.key);
  return { status: 204 };
};

/** Keys one DeleteObjects call may name. */
const MOST_KEYS = 1000;

const keysOf = (text: string): { keys: string[]; quiet: boolean } => {
  const found = parseXml(text, 'Delete');
  const objects = found?.Object;
  if (!found || !Array.isArray(objects) || objects.length > MOST_KEYS) throw new S3Failure('MalformedXML');
  const keys = objects.map((one: unknown) => {
    const { Key: key, VersionId: version } = (typeof one === 'object' && one !== null ? one : {}) as Record<
      string,
      unknown
    >;
    if (typeof key !== 'string' || key === '') throw new S3Failure('MalformedXML');
    if (version !== undefined && version !== 'null')
      throw new S3Failure('NotImplemented', 'Versions are not available in the local cloud.');
    return key;
  });
  return { keys, quiet: found.Quiet === 'true' };
};

const problem = (key: string, error: S3Failure): string =>
  wrap('Error', element('Key', key) + element('Code', error.code) + element('Message', error.message));

/** DeleteObjects: each key is judged on its own; the answer lists both sorts. */
export const deleteObjects = async (call: Call, shelf: Shelf): Promise<Answer> => {
  if (!['content-md5', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer'].some((name) => call.header(name) !== undefined))
    throw new S3Failure('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const { keys, quiet } = keysOf(await takeText(call, shelf.blobs));
  const lines: string[] = [];
  for (const key of keys) {
    try {
      checkKey(key);
      if (!call.may('s3:DeleteObject', `arn:aws:s3:::${call.bucket}/${key}`)) throw new S3Failure('AccessDenied');
      await remove(shelf, call.bucket, key);
      if (!quiet) lines.push(wrap('Deleted', element('Key', key)));
    } catch (error) {
      if (!(error instanceof S3Failure)) throw error;
      lines.push(problem(key, error));
    }
  }
  return xmlAnswer(document('DeleteResult', lines.join('')));
};
