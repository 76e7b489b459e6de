import { encodeStrict } from '../../../signature/index.ts';
import { type Answer, type Call, xmlAnswer } from '../call.ts';
import { S3Failure } from '../failure.ts';
import { afterAll, type Ledger, type StoredObject } from '../ledger.ts';
import { document, element, wrap } from '../xml.ts';

type Page = { objects: StoredObject[]; prefixes: string[]; next?: string };

/** Walks the keys in order; a delimiter folds all keys below one prefix into one row and skips behind them. */
const page = (
  ledger: Ledger,
  bucket: string,
  ask: { prefix: string; delimiter: string; after: string; limit: number },
): Page => {
  const found: Page = { objects: [], prefixes: [] };
  let { after } = ask;
  for (;;) {
    const left = ask.limit - found.objects.length - found.prefixes.length;
    const [next, ...rest] = ledger.list(bucket, { prefix: ask.prefix, after, limit: ask.delimiter ? 1 : left + 1 });
    if (!next) return found;
    if (left <= 0) return { ...found, next: after };
    if (!ask.delimiter) {
      const taken = [next, ...rest].slice(0, left);
      found.objects.push(...taken);
      after = taken.at(-1)?.key ?? after;
      continue;
    }
    const end = next.key.indexOf(ask.delimiter, ask.prefix.length);
    if (end < 0) {
      found.objects.push(next);
      after = next.key;
      continue;
    }
    const folded = next.key.slice(0, end + ask.delimiter.length);
    found.prefixes.push(folded);
    after = afterAll(folded);
  }
};

const wholeNumber = (text: string | undefined, most: number): number => {
  if (text === undefined || text === '') return most;
  if (!/^\d{1,9}$/.test(text))
    throw new S3Failure('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return Math.min(Number(text), most);
};

const tokenOf = (after: string): string => Buffer.from(after).toString('base64url');

/** ListObjectsV2. A page has at most 1,000 rows, common prefixes counted in. */
export const listObjects = async (call: Call, { ledger }: { ledger: Ledger }): Promise<Answer> => {
  const { query } = call;
  const [prefix, delimiter, token] = [
    query.get('prefix') ?? '',
    query.get('delimiter') ?? '',
    query.get('continuation-token'),
  ];
  const limit = wholeNumber(query.get('max-keys'), 1000);
  if (token === '') throw new S3Failure('InvalidArgument', 'The continuation token provided is incorrect');
  const after = token === undefined ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const found: Page =
    limit === 0 ? { objects: [], prefixes: [] } : page(ledger, call.bucket, { prefix, delimiter, after, limit });
  const written =
    query.get('encoding-type') === 'url' ? (text: string) => encodeStrict(text).replaceAll('%2F', '/') : String;
  const optional = (name: string, value: string | undefined) => (value ? element(name, value) : '');
  return xmlAnswer(
    document(
      'ListBucketResult',
      [
        element('Name', call.bucket),
        element('Prefix', written(prefix)),
        optional('Delimiter', delimiter && written(delimiter)),
        optional('StartAfter', query.get('start-after') && written(query.get('start-after') ?? '')),
        optional('EncodingType', query.get('encoding-type')),
        element('MaxKeys', limit),
        element('KeyCount', found.objects.length + found.prefixes.length),
        element('IsTruncated', found.next !== undefined),
        optional('ContinuationToken', token),
        optional('NextContinuationToken', found.next && tokenOf(found.next)),
        ...found.objects.map((object) => row(object, written)),
        ...found.prefixes.map((one) => wrap('CommonPrefixes', element('Prefix', written(one)))),
      ].join(''),
    ),
  );
};

const row = (object: StoredObject, written: (text: string) => string): string =>
  wrap(
    'Contents',
    [
      element('Key', written(object.key)),
      element('LastModified', new Date(object.modified).toISOString()),
      element('ETag', `"${object.etag}"`),
      element('Size', object.size),
      element('StorageClass', object.headers['x-amz-storage-class'] ?? 'STANDARD'),
    ].join(''),
  );
