// Bodies in the media bucket. Every key starts with tenants/<tenant>/: the prefix the data role admits.
import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Ctx } from './ctx.ts';

/** `tenants/<tenant>/<rest>` */
export const tenantKey = (ctx: Ctx, ...rest: string[]): string => ['tenants', ctx.tenant, ...rest].join('/');

const at = (ctx: Ctx, key: string) => ({ Bucket: ctx.stores.bucket, Key: key });

export async function putBlob(
  ctx: Ctx,
  key: string,
  body: string | Uint8Array,
  contentType = 'application/json',
): Promise<void> {
  await ctx.stores.s3.send(new PutObjectCommand({ ...at(ctx, key), Body: body, ContentType: contentType }));
}

/**
 * Whether a refused read means that there is no object. S3 answers 404 only to those who may list the whole bucket, others get 403;
 * what belongs to a tenant may be listed by the tenant, so the list tells. Throws where that is refused as well.
 */
async function isMissing(ctx: Ctx, key: string, error: unknown): Promise<boolean> {
  if (error instanceof NoSuchKey || error instanceof NotFound) return true;
  if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 403) return false;
  const command = new ListObjectsV2Command({ Bucket: ctx.stores.bucket, Prefix: key, MaxKeys: 1 });
  const { Contents = [] } = await ctx.stores.s3.send(command);
  return Contents[0]?.Key !== key;
}

/** The body, or undefined when there is none. */
export async function getBlob(ctx: Ctx, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await ctx.stores.s3.send(new GetObjectCommand(at(ctx, key)));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (await isMissing(ctx, key, error)) return undefined;
    throw error;
  }
}

/** The JSON stored under a key, or undefined. The writer is our own step, so the shape is its word. */
export async function getJson<T>(ctx: Ctx, key: string): Promise<T | undefined> {
  const body = await getBlob(ctx, key);
  return body && (JSON.parse(new TextDecoder().decode(body)) as T);
}

/** The longest start that all of some texts have. */
function startOf([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const one of others) while (!one.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/**
 * Those of some keys that a look is worth: under the others lies nothing. One list tells, of keys with a common start; where more than a
 * thousand objects have that start too, keys behind the last that was named stay among those worth a look. Keys are ASCII, so that S3 has them
 * in the order of strings.
 */
export async function worthALook(ctx: Ctx, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const command = new ListObjectsV2Command({ Bucket: ctx.stores.bucket, Prefix: startOf(keys) });
  const { Contents = [], IsTruncated } = await ctx.stores.s3.send(command);
  const named = new Set(Contents.map(({ Key = '' }) => Key));
  const last = IsTruncated ? [...named].at(-1) : undefined;
  return new Set(keys.filter((key) => named.has(key) || (last !== undefined && key > last)));
}

/** The JSON stored under a key where mostly nothing lies: a list says so in one request, a read that fails takes two. */
export const seekJson = async <T>(ctx: Ctx, key: string): Promise<T | undefined> =>
  (await worthALook(ctx, [key])).has(key) ? getJson<T>(ctx, key) : undefined;

/** Size in bytes and type of an object, or undefined when it is not there. */
export async function headBlob(
  ctx: Ctx,
  key: string,
): Promise<{ size: number; contentType: string; etag: string } | undefined> {
  try {
    const head = await ctx.stores.s3.send(new HeadObjectCommand(at(ctx, key)));
    return {
      size: head.ContentLength ?? 0,
      contentType: head.ContentType ?? '',
      etag: (head.ETag ?? '').replaceAll('"', ''),
    };
  } catch (error) {
    if (await isMissing(ctx, key, error)) return undefined;
    throw error;
  }
}

/** Hashes (hex) of an object and its first `count` bytes, read in one pass. */
export async function hashBlob(
  ctx: Ctx,
  key: string,
  count: number,
): Promise<{ md5: string; sha256: string; start: Uint8Array }> {
  const { Body } = await ctx.stores.s3.send(new GetObjectCommand(at(ctx, key)));
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  const start: Uint8Array[] = [];
  let kept = 0;
  for await (const chunk of (Body as AsyncIterable<Uint8Array> | undefined) ?? []) {
    md5.update(chunk);
    sha256.update(chunk);
    if (kept < count) start.push(chunk.subarray(0, count - kept));
    kept += chunk.length;
  }
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex'), start: Buffer.concat(start) };
}

export async function deleteBlob(ctx: Ctx, key: string): Promise<void> {
  await ctx.stores.s3.send(new DeleteObjectCommand(at(ctx, key)));
}

/** Deletes every object whose key starts with `prefix`. */
export async function deleteUnder(ctx: Ctx, prefix: string): Promise<void> {
  const Bucket = ctx.stores.bucket;
  for (;;) {
    const { Contents = [] } = await ctx.stores.s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
    if (Contents.length === 0) return;
    const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
    const { Errors = [] } = await ctx.stores.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors[0]) throw new Error(`${Errors.length} objects were not deleted: ${Errors[0].Code}`);
  }
}

/** The folders that lie in another one (`prefix` ends in a slash, and so do they). */
export async function* foldersIn(ctx: Ctx, prefix: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const { CommonPrefixes = [], NextContinuationToken } = await ctx.stores.s3.send(
      new ListObjectsV2Command({
        Bucket: ctx.stores.bucket,
        Prefix: prefix,
        Delimiter: '/',
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    for (const { Prefix } of CommonPrefixes) if (Prefix !== undefined) yield Prefix;
    token = NextContinuationToken;
  } while (token !== undefined);
}

/** Versions and delete markers that one list names at most. Source: S3 API, ListObjectVersions. */
const versionsAtOnce = 1000;

/**
 * Deletes at most a thousand versions, and markers of deleted ones, of what lies under a prefix; it is for good. Answers how many those
 * were, and their bytes; none: nothing is left there.
 */
export async function deleteVersions(ctx: Ctx, prefix: string): Promise<{ versions: number; bytes: number }> {
  const Bucket = ctx.stores.bucket;
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: prefix, MaxKeys: versionsAtOnce });
  const { Versions = [], DeleteMarkers = [] } = await ctx.stores.s3.send(list);
  const Objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
    Key === undefined ? [] : [{ Key, VersionId }],
  );
  if (Objects.length === 0) return { versions: 0, bytes: 0 };
  const { Errors = [] } = await ctx.stores.s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
  );
  if (Errors[0]) throw new Error(`${Errors.length} versions were not deleted: ${Errors[0].Code}`);
  return { versions: Objects.length, bytes: Versions.reduce((sum, { Size = 0 }) => sum + Size, 0) };
}

/** A signed address, the headers that must go with it, and how many seconds it lives. */
export type Signed = { url: string; headers: Record<string, string>; seconds: number };

/** Seconds that an address lives of which so many were asked for: no longer than the credentials that sign it. */
export const signedFor = async (ctx: Ctx, seconds: number): Promise<number> =>
  Math.min(seconds, await ctx.stores.signedSeconds());

/**
 * An address for one PUT within `wanted` seconds: the signature pins exactly this size (bytes) and type, and the write is refused
 * where an object lies already, so that what was checked cannot be replaced.
 */
export async function presignPut(
  ctx: Ctx,
  key: string,
  file: { size: number; contentType: string },
  wanted: number,
): Promise<Signed> {
  const seconds = await signedFor(ctx, wanted);
  const command = new PutObjectCommand({
    ...at(ctx, key),
    ContentLength: file.size,
    ContentType: file.contentType,
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(ctx.stores.s3, command, {
    expiresIn: seconds,
    signableHeaders: new Set(['host', 'content-length', 'content-type', 'if-none-match']),
  });
  const headers = {
    'content-type': file.contentType,
    'content-length': String(file.size),
    'if-none-match': '*',
  };
  return { url, headers, seconds };
}

/** A GET address that lives `wanted` seconds, where the credentials do, and downloads under `fileName`. */
export async function presignGet(ctx: Ctx, key: string, fileName: string, wanted: number): Promise<Signed> {
  const seconds = await signedFor(ctx, wanted);
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  const command = new GetObjectCommand({ ...at(ctx, key), ResponseContentDisposition: disposition });
  return { url: await getSignedUrl(ctx.stores.s3, command, { expiresIn: seconds }), headers: {}, seconds };
}
