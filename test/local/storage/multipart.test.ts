import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
const MB = 1024 ** 2;
const place = { Bucket: 'media', Key: 'videos/第一集.mp4' };
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

test('a large file goes up in parts and comes back whole', async () => {
  const Body = randomBytes(12 * MB);
  const client = cloud.s3();
  const done = await new Upload({
    client,
    params: { ...place, Body, ContentType: 'video/mp4' },
    partSize: 5 * MB,
  }).done();
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  const found = await client.send(new GetObjectCommand(place));
  expect(found.ContentType).toBe('video/mp4');
  expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
  expect((await client.send(new ListMultipartUploadsCommand({ Bucket: 'media' }))).Uploads ?? []).toEqual([]);
});

const begun = async (Key: string) => {
  const s3 = cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key }));
  const part = async (PartNumber: number, Body: string | Buffer) => ({
    PartNumber,
    ETag: (await s3.send(new UploadPartCommand({ Bucket: 'media', Key, UploadId, PartNumber, Body }))).ETag,
  });
  const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket: 'media', Key, UploadId, MultipartUpload: { Parts } }));
  return { s3, UploadId, part, complete };
};

test('parts are listed, a part sent again takes the place of the first', async () => {
  const { s3, UploadId, part, complete } = await begun('twice');
  await part(1, 'old');
  const again = await part(1, 'new');
  const listed = await s3.send(new ListPartsCommand({ Bucket: 'media', Key: 'twice', UploadId }));
  expect(listed.Parts).toMatchObject([{ PartNumber: 1, Size: 3, ETag: again.ETag }]);
  await complete([again]);
  expect(await (await s3.send(new GetObjectCommand({ Bucket: 'media', Key: 'twice' }))).Body?.transformToString()).toBe(
    'new',
  );
  await expect(complete([again])).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

test('a part that is missing, out of order or too small ends in an error, not in a shorter file', async () => {
  const { part, complete } = await begun('faulty');
  const [one, two] = [await part(1, 'small'), await part(2, 'end')];
  await expect(complete([one, { PartNumber: 3, ETag: one.ETag }])).rejects.toMatchObject({
    name: /InvalidPart|EntityTooSmall/,
  });
  await expect(complete([two, one])).rejects.toMatchObject({ name: /InvalidPartOrder|EntityTooSmall/ });
  await expect(complete([one, two])).rejects.toMatchObject({ name: 'EntityTooSmall' });
});

test('an upload given up is gone with its parts', async () => {
  const { s3, UploadId, part } = await begun('given-up');
  await part(1, 'x');
  await s3.send(new AbortMultipartUploadCommand({ Bucket: 'media', Key: 'given-up', UploadId }));
  await expect(part(2, 'y')).rejects.toMatchObject({ name: 'NoSuchUpload' });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'media', Key: 'given-up' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});
