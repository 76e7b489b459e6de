// Bodies in the media bucket. Every key starts with tenants/<tenant>/: the prefix the data role admits.
import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Ctx } from './ctx.ts';

let shared: S3Client | undefined;
// WHEN_REQUIRED: a presigned PUT would otherwise carry the checksum of an empty body.
export const client = (): S3Client =>
  (shared ??= new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  }));

/** `tenants/<tenant>/<rest>` */
export const tenantKey = (ctx: Ctx, ...rest: string[]): string => ['tenants', ctx.tenant, ...rest].join('/');

const at = (ctx: Ctx, key: string) => ({ Bucket: ctx.stores.bucket, Key: key });

export async function putBlob(
  ctx: Ctx,
  key: string,
  body: string | Uint8Array,
  contentType = 'application/json',
): Promise<void> {
  await client().send(new PutObjectCommand({ ...at(ctx, key), Body: body, ContentType: contentType }));
}

/** The body, or undefined when there is none. */
export async function getBlob(ctx: Ctx, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client().send(new GetObjectCommand(at(ctx, key)));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The JSON stored under a key, or undefined. The writer is our own step, so the shape is its word. */
export async function getJson<T>(ctx: Ctx, key: string): Promise<T | undefined> {
  const body = await getBlob(ctx, key);
  return body && (JSON.parse(new TextDecoder().decode(body)) as T);
}

/** Size in bytes and type of an object, or undefined when it is not there. */
export async function headBlob(
  ctx: Ctx,
  key: string,
): Promise<{ size: number; contentType: string; etag: string } | undefined> {
  try {
    const head = await client().send(new HeadObjectCommand(at(ctx, key)));
    return {
      size: head.ContentLength ?? 0,
      contentType: head.ContentType ?? '',
      etag: (head.ETag ?? '').replaceAll('"', ''),
    };
  } catch (error) {
    if (error instanceof NotFound || error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Hashes (hex) of an object and its first `count` bytes, read in one pass. */
export async function hashBlob(
  ctx: Ctx,
  key: string,
  count: number,
): Promise<{ md5: string; sha256: string; start: Uint8Array }> {
  const { Body } = await client().send(new GetObjectCommand(at(ctx, key)));
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
  await client().send(new DeleteObjectCommand(at(ctx, key)));
}

/** Deletes every object whose key starts with `prefix`. */
export async function deleteUnder(ctx: Ctx, prefix: string): Promise<void> {
  const Bucket = ctx.stores.bucket;
  for (;;) {
    const { Contents = [] } = await client().send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
    if (Contents.length === 0) return;
    const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
    const { Errors = [] } = await client().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors[0]) throw new Error(`${Errors.length} objects were not deleted: ${Errors[0].Code}`);
  }
}

/** A signed address and the headers that must go with it. */
export type Signed = { url: string; headers: Record<string, string> };

/**
 * An address for one PUT within `seconds`: the signature pins exactly this size (bytes) and type, and the write is refused
 * where an object lies already, so that what was checked cannot be replaced.
 */
export async function presignPut(
  ctx: Ctx,
  key: string,
  file: { size: number; contentType: string },
  seconds: number,
): Promise<Signed> {
  const command = new PutObjectCommand({
    ...at(ctx, key),
    ContentLength: file.size,
    ContentType: file.contentType,
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(client(), command, {
    expiresIn: seconds,
    signableHeaders: new Set(['host', 'content-length', 'content-type', 'if-none-match']),
  });
  const headers = {
    'content-type': file.contentType,
    'content-length': String(file.size),
    'if-none-match': '*',
  };
  return { url, headers };
}

/** A GET address that lives `seconds` and downloads under `fileName`. */
export async function presignGet(ctx: Ctx, key: string, fileName: string, seconds: number): Promise<string> {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  const command = new GetObjectCommand({ ...at(ctx, key), ResponseContentDisposition: disposition });
  return getSignedUrl(client(), command, { expiresIn: seconds });
}
