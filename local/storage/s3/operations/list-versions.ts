// ListObjectVersions: versions and markers of deletions, by key, the newest of each first.
import { encodeStrict } from '../../../signature/index.ts';
import { type Answer, type Call, xmlAnswer } from '../call.ts';
import type { Ledger } from '../ledger.ts';
import type { Version } from '../versions.ts';
import { document, element, wrap } from '../xml.ts';

/** Lines that one page holds at most. */
const most = 1000;

const lineOf = (one: Version, written: (text: string) => string): string =>
  wrap(
    one.isMarker ? 'DeleteMarker' : 'Version',
    [
      element('Key', written(one.key)),
      element('VersionId', one.id),
      element('IsLatest', one.isLatest),
      element('LastModified', new Date(one.modified).toISOString()),
      ...(one.isMarker
        ? []
        : [element('ETag', `"${one.etag}"`), element('Size', one.size), element('StorageClass', 'STANDARD')]),
    ].join(''),
  );

export const listVersions = async ({ query, bucket }: Call, { ledger }: { ledger: Ledger }): Promise<Answer> => {
  const prefix = query.get('prefix') ?? '';
  const asked = Number(query.get('max-keys') ?? most);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : most;
  const after = { key: query.get('key-marker') ?? '', id: query.get('version-id-marker') };
  const found = ledger.versions(bucket, { prefix, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const written =
    query.get('encoding-type') === 'url' ? (text: string) => encodeStrict(text).replaceAll('%2F', '/') : String;
  return xmlAnswer(
    document(
      'ListVersionsResult',
      [
        element('Name', bucket),
        element('Prefix', written(prefix)),
        element('MaxKeys', limit),
        element('IsTruncated', last !== undefined),
        ...(last ? [element('NextKeyMarker', written(last.key)), element('NextVersionIdMarker', last.id)] : []),
        ...page.map((one) => lineOf(one, written)),
      ].join(''),
    ),
  );
};
