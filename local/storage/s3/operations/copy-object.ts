import { decode } from '../../../signature/index.ts';
import type { Blobs } from '../blobs.ts';
import { type Answer, type Call, checkKey, xmlAnswer } from '../call.ts';
import { readable, writable } from '../conditions.ts';
import { S3Failure } from '../failure.ts';
import { headersToKeep } from '../kept-headers.ts';
import type { Ledger, StoredObject } from '../ledger.ts';
import { document, element } from '../xml.ts';
import { findObject } from './get-object.ts';
import { place } from './put-object.ts';

/** Bucket and key of x-amz-copy-source: `/bucket/key`, percent-encoded. */
const sourceOf = (call: Call): { bucket: string; key: string } => {
  const [path = '', version] = (call.header('x-amz-copy-source') ?? '').split('?');
  if (version !== undefined) throw new S3Failure('NotImplemented', 'Versions are not available in the local cloud.');
  const found = /^\/?([^/]+)\/(.+)$/s.exec(decode(path) ?? '');
  if (!found)
    throw new S3Failure(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  const [, bucket = '', key = ''] = found;
  checkKey(key);
  return { bucket, key };
};

/** The headers of the copy: those of the source, or those of this call with x-amz-metadata-directive REPLACE. */
const copiedHeaders = (call: Call, source: StoredObject, onto: boolean): Record<string, string> => {
  const directive = call.header('x-amz-metadata-directive') ?? 'COPY';
  if (directive === 'COPY' && onto)
    throw new S3Failure(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  if (directive === 'COPY') return { ...source.headers };
  if (directive !== 'REPLACE') throw new S3Failure('InvalidArgument', 'Unknown metadata directive.');
  const checksums = Object.entries(source.headers).filter(([name]) => name.startsWith('x-amz-checksum-'));
  return { ...headersToKeep(call), ...Object.fromEntries(checksums) };
};

/** CopyObject: needs s3:GetObject on the source besides s3:PutObject on the target. */
export const copyObject = async (call: Call, shelf: { ledger: Ledger; blobs: Blobs }): Promise<Answer> => {
  const from = sourceOf(call);
  if (!call.may('s3:GetObject', `arn:aws:s3:::${from.bucket}/${from.key}`))
    throw new S3Failure(
      'AccessDenied',
      `Access Denied: s3:GetObject is not granted on the copy source ${from.bucket}/${from.key}.`,
    );
  const source = findObject(call, shelf.ledger, from);
  if (readable(call.header, source, 'x-amz-copy-source-') === 'not-modified') throw new S3Failure('PreconditionFailed');
  const headers = copiedHeaders(call, source, from.bucket === call.bucket && from.key === call.key);
  const { file, size, md5: etag } = await shelf.blobs.write(shelf.blobs.read(source.file));
  await place(
    shelf,
    call.bucket,
    { key: call.key, file, size, etag, modified: call.now, headers },
    writable(call.header),
  );
  return xmlAnswer(
    document(
      'CopyObjectResult',
      element('ETag', `"${etag}"`) + element('LastModified', new Date(call.now).toISOString()),
    ),
  );
};
