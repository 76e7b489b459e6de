// Which headers of a write are kept with the object, and which are refused because nothing here would honour them.
import type { Call } from './call.ts';
import { S3Failure } from './failure.ts';

const kept = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'x-amz-storage-class',
];

const refused = [
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-retain-until-date',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
];

/** Bytes of user metadata, names and values together. */
const MOST_METADATA = 2048;

/** The headers to keep, content-type always among them. Throws NotImplemented for what would be dropped silently. */
export const headersToKeep = (call: Pick<Call, 'header' | 'headers'>): Record<string, string> => {
  for (const name of refused)
    if (call.header(name) !== undefined)
      throw new S3Failure('NotImplemented', `The header ${name} is not available in the local cloud.`);
  const acl = call.header('x-amz-acl');
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control')
    throw new S3Failure(
      'NotImplemented',
      'Access control lists are not available in the local cloud; buckets belong to their owner.',
    );
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of kept) {
    const value = call.header(name);
    if (value !== undefined && value !== '') headers[name] = value;
  }
  const encoding = (call.header('content-encoding') ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  if (encoding.length > 0) headers['content-encoding'] = encoding.join(', ');
  headers['x-amz-server-side-encryption'] = call.header('x-amz-server-side-encryption') ?? 'AES256';
  const key = call.header('x-amz-server-side-encryption-aws-kms-key-id');
  if (key !== undefined) headers['x-amz-server-side-encryption-aws-kms-key-id'] = key;
  const metadata = Object.entries(call.headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const size = metadata.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) - 11 + Buffer.byteLength(value),
    0,
  );
  if (size > MOST_METADATA)
    throw new S3Failure('MetadataTooLarge', undefined, { Size: String(size), MaxSizeAllowed: String(MOST_METADATA) });
  return { ...headers, ...Object.fromEntries(metadata) };
};
