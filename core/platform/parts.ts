// Objects written in parts (S3 multipart uploads).
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  NoSuchUpload,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Signed, signedFor } from './blob.ts';
import type { Ctx } from './ctx.ts';
import { Failure } from './failure.ts';

export type Part = { partNumber: number; size: number; etag: string };

const at = (ctx: Ctx, key: string) => ({ Bucket: ctx.stores.bucket, Key: key });

/** Begins an upload in parts. Answers its id. */
export async function startParts(ctx: Ctx, key: string, contentType: string): Promise<string> {
  const command = new CreateMultipartUploadCommand({ ...at(ctx, key), ContentType: contentType });
  const { UploadId } = await ctx.stores.s3.send(command);
  if (!UploadId) throw new Error('S3 answered no upload id');
  return UploadId;
}

/** An address to PUT one part of exactly this size (bytes) to, within `wanted` seconds. */
export async function presignPart(
  ctx: Ctx,
  key: string,
  { uploadId, partNumber, size }: { uploadId: string; partNumber: number; size: number },
  wanted: number,
): Promise<Signed> {
  const seconds = await signedFor(ctx, wanted);
  const command = new UploadPartCommand({
    ...at(ctx, key),
    UploadId: uploadId,
    PartNumber: partNumber,
    ContentLength: size,
  });
  const signableHeaders = new Set(['host', 'content-length']);
  const url = await getSignedUrl(ctx.stores.s3, command, { expiresIn: seconds, signableHeaders });
  return { url, headers: { 'content-length': String(size) }, seconds };
}

/** The parts that have arrived, in order; undefined when the upload is joined or abandoned. */
export async function listParts(ctx: Ctx, key: string, uploadId: string): Promise<Part[] | undefined> {
  const parts: Part[] = [];
  let marker: string | undefined;
  try {
    do {
      const page = await ctx.stores.s3.send(
        new ListPartsCommand({ ...at(ctx, key), UploadId: uploadId, ...(marker && { PartNumberMarker: marker }) }),
      );
      for (const { PartNumber = 0, Size = 0, ETag = '' } of page.Parts ?? [])
        parts.push({ partNumber: PartNumber, size: Size, etag: ETag });
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker);
    return parts;
  } catch (error) {
    if (error instanceof NoSuchUpload) return undefined;
    throw error;
  }
}

/** What S3 says where another call just joined the parts. */
const joinedBeside: ReadonlySet<string> = new Set(['NoSuchUpload', 'PreconditionFailed']);

/** Joins parts to the object, which is never written twice: what lies there then is for the caller to look at, for another call may have been faster. Throws BUSY while that one is at it. */
export async function finishParts(ctx: Ctx, key: string, uploadId: string, parts: Part[]): Promise<void> {
  const joining = new CompleteMultipartUploadCommand({
    ...at(ctx, key),
    UploadId: uploadId,
    MultipartUpload: { Parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })) },
    IfNoneMatch: '*',
  });
  try {
    await ctx.stores.s3.send(joining);
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ConditionalRequestConflict') throw new Failure('BUSY', {}, error);
    if (!joinedBeside.has(name)) throw error;
  }
}

/** Abandons an upload and its parts; one that is gone already is left so. */
export async function abortParts(ctx: Ctx, key: string, uploadId: string): Promise<void> {
  try {
    await ctx.stores.s3.send(new AbortMultipartUploadCommand({ ...at(ctx, key), UploadId: uploadId }));
  } catch (error) {
    if (!(error instanceof NoSuchUpload)) throw error;
  }
}
