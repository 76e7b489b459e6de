// If-Match, If-None-Match, If-(Un)Modified-Since and Range. Source: RFC 9110 §13–14 as S3 applies them.
import { S3Failure } from './failure.ts';
import type { StoredObject } from './ledger.ts';

type Header = (name: string) => string | undefined;

const names = (header: string, etag: string): boolean =>
  header.split(',').some((one) => {
    const tag = one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1');
    return tag === '*' || tag === etag;
  });

/** Modification times have whole seconds in HTTP. */
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const failed = (condition: string): S3Failure =>
  new S3Failure('PreconditionFailed', undefined, { Condition: condition });

/** For reads: 'not-modified' (304), 'go', or PreconditionFailed. `prefix` is '' or 'x-amz-copy-source-'. */
export const readable = (header: Header, object: StoredObject, prefix = ''): 'go' | 'not-modified' => {
  const match = header(`${prefix}if-match`);
  const unmodified = Date.parse(header(`${prefix}if-unmodified-since`) ?? '');
  if (match !== undefined) {
    if (!names(match, object.etag)) throw failed('If-Match');
  } else if (!Number.isNaN(unmodified) && seconds(object.modified) > seconds(unmodified))
    throw failed('If-Unmodified-Since');
  const noneMatch = header(`${prefix}if-none-match`);
  if (noneMatch !== undefined) return names(noneMatch, object.etag) ? 'not-modified' : 'go';
  const since = Date.parse(header(`${prefix}if-modified-since`) ?? '');
  return !Number.isNaN(since) && seconds(object.modified) <= seconds(since) ? 'not-modified' : 'go';
};

/** For writes: throws when what is there now forbids it. S3 knows If-None-Match: * and If-Match: etag. */
export const writable =
  (header: Header) =>
  (now: StoredObject | undefined): void => {
    const noneMatch = header('if-none-match');
    if (noneMatch !== undefined) {
      if (noneMatch.trim() !== '*')
        throw new S3Failure('NotImplemented', 'Writes know If-None-Match with the value * alone.');
      if (now) throw failed('If-None-Match');
    }
    const match = header('if-match');
    if (match === undefined) return;
    if (!now) throw new S3Failure('NoSuchKey');
    if (!names(match, now.etag)) throw failed('If-Match');
  };

/** The bytes a Range header asks for, inclusive; undefined for the whole (no header, or one that S3 ignores). */
export const rangeOf = (header: string | undefined, size: number): { start: number; end: number } | undefined => {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return undefined;
  const [, first = '', last = ''] = found;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || (first === '' && Number(last) === 0))
    throw new S3Failure('InvalidRange', undefined, { RangeRequested: header ?? '', ActualObjectSize: String(size) });
  return { start, end };
};
