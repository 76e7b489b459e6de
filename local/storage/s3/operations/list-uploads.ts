// Lists of uploads in parts that are under way, and of the parts of one.
import { type Answer, type Call, xmlAnswer } from '../call.ts';
import { S3Failure } from '../failure.ts';
import type { Ledger, Part } from '../ledger.ts';
import { document, element, wrap } from '../xml.ts';
import { uploadOf } from './multipart.ts';

const rowOf = (part: Part): string =>
  wrap(
    'Part',
    [
      element('PartNumber', part.number),
      element('LastModified', new Date(part.modified).toISOString()),
      element('ETag', `"${part.etag}"`),
      element('Size', part.size),
    ].join(''),
  );

const count = (text: string | undefined, standard: number): number =>
  /^\d{1,5}$/.test(text ?? '') ? Math.min(Number(text), standard) : standard;

export const listParts = async (call: Call, { ledger }: { ledger: Ledger }): Promise<Answer> => {
  const upload = uploadOf(call, ledger);
  const after = count(call.query.get('part-number-marker'), 10_000) % 10_000;
  const limit = count(call.query.get('max-parts'), 1000);
  const rest = ledger.parts(upload.id).filter((part) => part.number > after);
  const page = rest.slice(0, limit);
  return xmlAnswer(
    document(
      'ListPartsResult',
      [
        element('Bucket', call.bucket),
        element('Key', call.key),
        element('UploadId', upload.id),
        element('PartNumberMarker', after),
        element('MaxParts', limit),
        element('IsTruncated', rest.length > page.length),
        ...(rest.length > page.length ? [element('NextPartNumberMarker', page.at(-1)?.number ?? after)] : []),
        ...page.map(rowOf),
      ].join(''),
    ),
  );
};

/** All uploads under way, up to 1,000; a longer list is refused rather than cut. */
export const listUploads = async (call: Call, { ledger }: { ledger: Ledger }): Promise<Answer> => {
  const uploads = ledger.uploads(call.bucket, call.query.get('prefix') ?? '');
  if (uploads.length > 1000)
    throw new S3Failure(
      'NotImplemented',
      'More than 1,000 uploads under way are not listed in the local cloud; give a prefix.',
    );
  return xmlAnswer(
    document(
      'ListMultipartUploadsResult',
      [
        element('Bucket', call.bucket),
        element('MaxUploads', 1000),
        element('IsTruncated', false),
        ...uploads.map((one) =>
          wrap(
            'Upload',
            element('Key', one.key) +
              element('UploadId', one.id) +
              element('Initiated', new Date(one.started).toISOString()),
          ),
        ),
      ].join(''),
    ),
  );
};
