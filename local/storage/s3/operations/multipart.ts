// Uploads in parts: create, upload a part, complete, abort.
import { createHash, randomBytes } from 'node:crypto';
import type { Blobs } from '../blobs.ts';
import { type Answer, type Call, xmlAnswer } from '../call.ts';
import { type Algorithm, algorithmNamed, checksumHeader, digestOf } from '../checksum.ts';
import { writable } from '../conditions.ts';
import { S3Failure } from '../failure.ts';
import { headersToKeep } from '../kept-headers.ts';
import type { Ledger, Part, Upload } from '../ledger.ts';
import { takePayload, takeText } from '../payload.ts';
import { document, element, parseXml } from '../xml.ts';

type Shelf = { ledger: Ledger; blobs: Blobs };

/** Least size of every part but the last, in bytes. */
const LEAST_PART = 5 * 1024 ** 2;

/** Kept with the upload, not with the object. */
const ALGORITHM = 'x-amz-checksum-algorithm';

/** The upload a call names. Throws NoSuchUpload. */
export const uploadOf = (call: Call, ledger: Ledger): Upload => {
  const id = call.query.get('uploadId') ?? '';
  const upload = ledger.upload(call.bucket, call.key, id);
  if (!upload) throw new S3Failure('NoSuchUpload', undefined, { UploadId: id });
  return upload;
};

export const createUpload = async (call: Call, { ledger }: Shelf): Promise<Answer> => {
  const named = call.header(ALGORITHM);
  if (call.header('x-amz-checksum-type') === 'FULL_OBJECT')
    throw new S3Failure(
      'NotImplemented',
      'Full-object checksums of uploads in parts are not available in the local cloud.',
    );
  const algorithm: Record<string, string> = named === undefined ? {} : { [ALGORITHM]: algorithmNamed(named) };
  const upload = {
    id: randomBytes(48).toString('base64url'),
    key: call.key,
    started: call.now,
    headers: { ...headersToKeep(call), ...algorithm },
  };
  ledger.addUpload(call.bucket, upload);
  return xmlAnswer(
    document(
      'InitiateMultipartUploadResult',
      element('Bucket', call.bucket) + element('Key', call.key) + element('UploadId', upload.id),
    ),
    algorithm,
  );
};

export const uploadPart = async (call: Call, shelf: Shelf): Promise<Answer> => {
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new S3Failure('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  const upload = uploadOf(call, shelf.ledger);
  const payload = await takePayload(call, shelf.blobs);
  const checksum = payload.algorithm && payload.algorithm === upload.headers[ALGORITHM] ? payload.checksum : undefined;
  const { file, size, md5: etag } = payload;
  const before = shelf.ledger.addPart(upload.id, {
    number,
    file,
    size,
    etag,
    modified: call.now,
    ...(checksum === undefined ? {} : { checksum }),
  });
  if (before !== undefined) await shelf.blobs.remove([before === false ? file : before]);
  if (before === false) throw new S3Failure('NoSuchUpload', undefined, { UploadId: upload.id });
  const told = payload.algorithm && payload.checksum ? { [checksumHeader(payload.algorithm)]: payload.checksum } : {};
  return { status: 200, headers: { etag: `"${etag}"`, ...told } };
};

type Named = { number: number; etag: string };

const namedParts = (text: string): Named[] => {
  const parts = parseXml(text, 'CompleteMultipartUpload')?.Part;
  if (!Array.isArray(parts) || parts.length === 0) throw new S3Failure('MalformedXML');
  return parts.map((one: unknown) => {
    const { PartNumber: number, ETag: etag } = (typeof one === 'object' && one !== null ? one : {}) as Record<
      string,
      unknown
    >;
    if (typeof number !== 'string' || !/^\d+$/.test(number) || typeof etag !== 'string')
      throw new S3Failure('MalformedXML');
    return { number: Number(number), etag: etag.replaceAll('"', '').replaceAll('&quot;', '') };
  });
};

/** The stored parts in the order named. Throws InvalidPartOrder, InvalidPart or EntityTooSmall. */
const chosen = (named: readonly Named[], stored: readonly Part[]): Part[] => {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  return named.map(({ number, etag }, index) => {
    if (index > 0 && number <= (named[index - 1]?.number ?? 0)) throw new S3Failure('InvalidPartOrder');
    const part = byNumber.get(number);
    if (part?.etag !== etag) throw new S3Failure('InvalidPart', undefined, { PartNumber: String(number), ETag: etag });
    if (index < named.length - 1 && part.size < LEAST_PART)
      throw new S3Failure('EntityTooSmall', undefined, { PartNumber: String(number), ProposedSize: String(part.size) });
    return part;
  });
};

/** MD5 of the parts' MD5s, and how many. */
const compositeTag = (parts: readonly Part[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
};

const compositeChecksum = (algorithm: Algorithm, parts: readonly Part[]): Record<string, string> => {
  const digest = digestOf(algorithm);
  for (const { number, checksum } of parts) {
    if (checksum === undefined)
      throw new S3Failure(
        'InvalidRequest',
        `The upload was created using a ${algorithm.toLowerCase()} checksum. Part ${number} was uploaded without it.`,
      );
    digest.update(Buffer.from(checksum, 'base64'));
  }
  return { [checksumHeader(algorithm)]: `${digest.base64()}-${parts.length}`, 'x-amz-checksum-type': 'COMPOSITE' };
};

async function* joined(blobs: Blobs, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield* blobs.read(part.file);
}

export const completeUpload = async (call: Call, shelf: Shelf): Promise<Answer> => {
  const { ledger, blobs } = shelf;
  const upload = uploadOf(call, ledger);
  const parts = chosen(namedParts(await takeText(call, blobs)), ledger.parts(upload.id));
  const { [ALGORITHM]: named, ...headers } = upload.headers;
  const checksum = named === undefined ? {} : compositeChecksum(algorithmNamed(named), parts);
  const etag = compositeTag(parts);
  const { file, size } = await blobs.write(joined(blobs, parts));
  const object = { key: call.key, file, size, etag, modified: call.now, headers: { ...headers, ...checksum } };
  let free: string[];
  try {
    uploadOf(call, ledger);
    free = ledger.endUpload(call.bucket, upload.id, { object, refuse: writable(call.header) });
  } catch (error) {
    await blobs.remove([file]);
    throw error;
  }
  await blobs.remove(free);
  return xmlAnswer(
    document(
      'CompleteMultipartUploadResult',
      [
        element('Location', `/${call.bucket}/${call.key}`),
        element('Bucket', call.bucket),
        element('Key', call.key),
        element('ETag', `"${etag}"`),
        ...(named === undefined
          ? []
          : [element(`Checksum${named}`, checksum[checksumHeader(algorithmNamed(named))] ?? '')]),
      ].join(''),
    ),
  );
};

export const abortUpload = async (call: Call, { ledger, blobs }: Shelf): Promise<Answer> => {
  await blobs.remove(ledger.endUpload(call.bucket, uploadOf(call, ledger).id));
  return { status: 204 };
};
