// ListObjectVersions. Nothing is versioned on one machine: each object is its only version, whose id is `null`, as S3 has it for a bucket
// that never was versioned.
import { encodeStrict } from '../../../signature/index.ts';
import { type Answer, type Call, xmlAnswer } from '../call.ts';
import type { Ledger, StoredObject } from '../ledger.ts';
import { document, element, wrap } from '../xml.ts';

/** Versions that one page holds at most. */
const most = 1000;

const rowOf = ({ key, modified, etag, size, headers }: StoredObject, written: (text: string) => string): string =>
  wrap(
    'Version',
    [
      element('Key', written(key)),
      element('VersionId', 'null'),
      element('IsLatest', true),
      element('LastModified', new Date(modified).toISOString()),
      element('ETag', `"${etag}"`),
      element('Size', size),
      element('StorageClass', headers['x-amz-storage-class'] ?? 'STANDARD'),
    ].join(''),
  );

export const listVersions = async ({ query, bucket }: Call, { ledger }: { ledger: Ledger }): Promise<Answer> => {
  const prefix = query.get('prefix') ?? '';
  const asked = Number(query.get('max-keys') ?? most);
  const limit = Number.isInteger(asked) && asked >= 0 ? Math.min(asked, most) : most;
  const found = ledger.list(bucket, { prefix, after: query.get('key-marker') ?? '', limit: limit + 1 });
  const page = found.slice(0, limit);
  const written =
    query.get('encoding-type') === 'url' ? (text: string) => encodeStrict(text).replaceAll('%2F', '/') : String;
  const isTruncated = found.length > page.length;
  return xmlAnswer(
    document(
      'ListVersionsResult',
      [
        element('Name', bucket),
        element('Prefix', written(prefix)),
        element('MaxKeys', limit),
        element('IsTruncated', isTruncated),
        ...(isTruncated
          ? [element('NextKeyMarker', written(page.at(-1)?.key ?? '')), element('NextVersionIdMarker', 'null')]
          : []),
        ...page.map((object) => rowOf(object, written)),
      ].join(''),
    ),
  );
};
