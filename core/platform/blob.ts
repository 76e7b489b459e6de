// Bodies in the media bucket. Every key starts with tenants/<tenant>/: the prefix the data role admits.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Ctx } from './ctx.ts';

let shared: S3Client | undefined;
// WHEN_REQUIRED: a presigned PUT would otherwise carry the checksum of an empty body.
const client = () =>
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

/** The first bytes of an object, to check what it really is. */
export async function firstBytes(ctx: Ctx, key: string, count: number): Promise<Uint8Array> {
  const { Body } = await client().send(new GetObjectCommand({ ...at(ctx, key), Range: `bytes=0-${count - 1}` }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

export async function deleteBlob(ctx: Ctx, key: string): Promise<void> {
  await client().send(new DeleteObjectCommand(at(ctx, key)));
}

/** A PUT address whose signature pins exactly this size (bytes) and type for `seconds`. */
export async function presignPut(
  ctx: Ctx,
  key: string,
  file: { size: number; contentType: string },
  seconds: number,
): Promise<string> {
  const command = new PutObjectCommand({ ...at(ctx, key), ContentLength: file.size, ContentType: file.contentType });
  return getSignedUrl(client(), command, {
    expiresIn: seconds,
    signableHeaders: new Set(['host', 'content-length', 'content-type']),
  });
}

/** A GET address that lives `seconds` and downloads under `fileName`. */
export async function presignGet(ctx: Ctx, key: string, fileName: string, seconds: number): Promise<string> {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
  const command = new GetObjectCommand({ ...at(ctx, key), ResponseContentDisposition: disposition });
  return getSignedUrl(client(), command, { expiresIn: seconds });
}
