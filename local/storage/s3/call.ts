// One S3 request as the operations see it, and what they answer.
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { queryPairs } from '../../signature/index.ts';
import { S3Failure } from './failure.ts';

export type Call = {
  readonly method: string;
  readonly bucket: string;
  /** '' when the call is about the bucket */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** A header by its lower-case name. In a presigned URL x-amz-… query parameters count as headers, as on AWS. */
  header: (name: string) => string | undefined;
  /** All of them, for those stored with the object. */
  readonly headers: Readonly<Record<string, string>>;
  /** What was signed of the body: a sha256 in hex, or a word such as UNSIGNED-PAYLOAD. */
  readonly payloadHash: string;
  readonly body: AsyncIterable<Buffer>;
  /** Epoch ms at arrival. */
  readonly now: number;
  /** True when the caller may do this too; used where S3's answer depends on another permission. */
  may: (action: string, resource: string) => boolean;
};

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
};

/** An XML answer. */
export const xmlAnswer = (body: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body,
});

/** Bucket and key of a raw path. Throws InvalidURI for broken encoding and for `.` and `..` segments. */
export const placeOf = (path: string): { bucket: string; key: string } => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw new S3Failure('InvalidURI');
  }
  const end = decoded.indexOf('/', 1);
  const bucket = end < 0 ? decoded.slice(1) : decoded.slice(1, end);
  const key = end < 0 ? '' : decoded.slice(end + 1);
  checkKey(key);
  return { bucket, key };
};

/** UTF-8 bytes a key may have. */
const LONGEST_KEY = 1024;

/** Throws for a key that S3, or a tool that maps keys to files, would not take. */
export const checkKey = (key: string): void => {
  if (Buffer.byteLength(key) > LONGEST_KEY) throw new S3Failure('KeyTooLongError');
  if (key.includes('\0') || key.split('/').some((segment) => segment === '..' || segment === '.'))
    throw new S3Failure('InvalidURI', 'A key may not hold "." or ".." as a segment, nor a null character.');
};

/** The headers of a message as one text each, names in lower case. */
export const flatHeaders = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

/** Query of a raw query string, the parameters of a presigned URL lifted into `headers`. */
export const splitQuery = (raw: string): { query: Map<string, string>; lifted: Record<string, string> } => {
  const query = new Map<string, string>();
  const lifted: Record<string, string> = {};
  for (const [name, value] of queryPairs(raw)) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-amz-')) query.set(name, value);
    else if (
      !/^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/.test(lower)
    )
      lifted[lower] = value;
  }
  return { query, lifted };
};
