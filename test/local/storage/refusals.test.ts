import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStorage } from '../../../local/storage/index.ts';
import { aCloud, aFolder } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
const asked: { accessKeyId: string; action: string; resource: string }[] = [];
beforeAll(async () => {
  // `other` may read and write below tenants/ and nothing else, as the functions of the product.
  cloud = await aCloud({
    authorize: (call) => {
      asked.push(call);
      if (call.accessKeyId === 'http-storage') return undefined;
      const allowed =
        /^s3:(Get|Put)Object$/.test(call.action) && call.resource.startsWith('arn:aws:s3:::media/tenants/');
      return allowed ? undefined : 'no statement allows it';
    },
  });
  await cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'tenants/a', Body: 'mine' }));
  await cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'private', Body: 'secret' }));
});
afterAll(() => cloud.end());

const other = () => cloud.s3({ credentials: { accessKeyId: 'other', secretAccessKey: 'secret-of-other' } });

test('every call is judged by action and resource', async () => {
  expect(
    await (await other().send(new GetObjectCommand({ Bucket: 'media', Key: 'tenants/a' }))).Body?.transformToString(),
  ).toBe('mine');
  await expect(other().send(new GetObjectCommand({ Bucket: 'media', Key: 'private' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: other is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::media/private": no statement allows it',
  });
  await expect(other().send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(asked).toContainEqual({ accessKeyId: 'other', action: 's3:ListAllMyBuckets', resource: '*' });
});

test('a copy needs the right to read its source', async () => {
  const copy = new CopyObjectCommand({ Bucket: 'media', Key: 'tenants/stolen', CopySource: 'media/private' });
  await expect(other().send(copy)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('deleting many judges each key', async () => {
  const gone = await other().send(
    new DeleteObjectsCommand({ Bucket: 'media', Delete: { Objects: [{ Key: 'private' }] } }),
  );
  expect(gone.Errors).toMatchObject([{ Key: 'private', Code: 'AccessDenied' }]);
  expect(
    await (await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key: 'private' }))).Body?.transformToString(),
  ).toBe('secret');
});

test('who may not list is not told whether an object exists', async () => {
  await expect(other().send(new GetObjectCommand({ Bucket: 'media', Key: 'tenants/none' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(other().send(new HeadObjectCommand({ Bucket: 'media', Key: 'tenants/none' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
});

test('a sub-resource that is not there never touches the object', async () => {
  const s3 = cloud.s3();
  const place = { Bucket: 'media', Key: 'tenants/a' };
  const Tagging = { TagSet: [{ Key: 'a', Value: 'b' }] };
  await expect(s3.send(new PutObjectTaggingCommand({ ...place, Tagging }))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: '"?tagging" is not available in the local cloud.',
  });
  await expect(s3.send(new DeleteObjectTaggingCommand(place))).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(s3.send(new DeleteBucketPolicyCommand({ Bucket: 'media' }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  await expect(
    s3.send(new PutBucketCorsCommand({ Bucket: 'media', CORSConfiguration: { CORSRules: [] } })),
  ).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(s3.send(new GetObjectCommand({ ...place, VersionId: '1' }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  await expect(s3.send(new PutObjectCommand({ ...place, Body: 'x', Tagging: 'a=b' }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  expect(await (await s3.send(new GetObjectCommand(place))).Body?.transformToString()).toBe('mine');
});

test('a key that climbs out of the bucket is refused', async () => {
  const s3 = cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const link = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'media', Key: 'x/%2E%2E/%2E%2E/evil.txt' }));
  const answer = await fetch(link.replaceAll('%252E', '%2E'), { method: 'PUT', body: 'x' });
  expect(answer.status).not.toBe(200);
  await expect(s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'a\0b', Body: 'x' }))).rejects.toMatchObject({
    name: 'InvalidURI',
  });
  await expect(
    s3.send(new PutObjectCommand({ Bucket: 'media', Key: '长'.repeat(400), Body: 'x' })),
  ).rejects.toMatchObject({ name: 'KeyTooLongError' });
});

test('a bucket is there or it is not', async () => {
  const s3 = cloud.s3();
  await s3.send(new HeadBucketCommand({ Bucket: 'media' }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'nothing' }))).rejects.toMatchObject({ name: 'NotFound' });
  await expect(s3.send(new CreateBucketCommand({ Bucket: 'media' }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  });
  await expect(cloud.createBucket('No_Such_Name')).rejects.toMatchObject({ code: 'InvalidBucketName' });
});

test('a port in use and a broken folder are said plainly', async () => {
  const [directory, broken] = [aFolder(), aFolder()];
  await expect(startStorage({ directory, port: cloud.port, secretOf: () => undefined })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(`Port ${cloud.port} for S3 and SQS`),
  });
  writeFileSync(join(broken, 's3.sqlite'), 'this is not a database, it only looks like one'.repeat(40));
  await expect(startStorage({ directory: broken, secretOf: () => undefined })).rejects.toMatchObject({
    code: 'STATE_CORRUPT',
    message: expect.stringContaining('Move that folder away'),
  });
  for (const folder of [directory, broken]) rmSync(folder, { recursive: true, force: true });
});
