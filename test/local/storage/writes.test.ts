import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

const put = (Key: string, Body: string, more: object = {}) =>
  cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key, Body, ...more }));
const text = async (Key: string) =>
  (await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key }))).Body?.transformToString();

test('of many who create the same key, one wins and the others are told', async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => put('once', `writer ${i}`, { IfNoneMatch: '*' })),
  );
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  for (const one of tries)
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  const winner = tries.findIndex((one) => one.status === 'fulfilled');
  expect(await text('once')).toBe(`writer ${winner}`);
});

test('a write for a state that is gone is refused', async () => {
  const first = await put('versioned', 'one');
  await put('versioned', 'two', { IfMatch: first.ETag });
  await expect(put('versioned', 'three', { IfMatch: first.ETag })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(put('absent', 'x', { IfMatch: first.ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await text('versioned')).toBe('two');
});

test('a copy has the body and, unless replaced, the metadata of its source', async () => {
  await put('源/一.txt', '原文', { ContentType: 'text/plain', Metadata: { kind: 'script' } });
  const s3 = cloud.s3();
  const CopySource = `media/${encodeURIComponent('源/一.txt')}`;
  await s3.send(new CopyObjectCommand({ Bucket: 'media', Key: 'copy', CopySource }));
  expect(await s3.send(new HeadObjectCommand({ Bucket: 'media', Key: 'copy' }))).toMatchObject({
    ContentType: 'text/plain',
    Metadata: { kind: 'script' },
  });
  await s3.send(
    new CopyObjectCommand({
      Bucket: 'media',
      Key: 'copy2',
      CopySource,
      MetadataDirective: 'REPLACE',
      ContentType: 'text/x-fountain',
    }),
  );
  expect(await s3.send(new HeadObjectCommand({ Bucket: 'media', Key: 'copy2' }))).toMatchObject({
    ContentType: 'text/x-fountain',
    Metadata: {},
  });
  expect(await text('copy2')).toBe('原文');
  await expect(s3.send(new CopyObjectCommand({ Bucket: 'media', Key: '源/一.txt', CopySource }))).rejects.toMatchObject(
    { name: 'InvalidRequest' },
  );
  await expect(
    s3.send(new CopyObjectCommand({ Bucket: 'media', Key: 'x', CopySource: 'media/none' })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('deleting is quiet about what is not there', async () => {
  await put('a & b <c>', 'x');
  const s3 = cloud.s3();
  await s3.send(new DeleteObjectCommand({ Bucket: 'media', Key: 'never' }));
  const gone = await s3.send(
    new DeleteObjectsCommand({ Bucket: 'media', Delete: { Objects: [{ Key: 'a & b <c>' }, { Key: 'never' }] } }),
  );
  expect(gone.Deleted?.map((one) => one.Key)).toEqual(['a & b <c>', 'never']);
  await expect(text('a & b <c>')).rejects.toMatchObject({ name: 'NoSuchKey' });
  const quiet = await s3.send(
    new DeleteObjectsCommand({ Bucket: 'media', Delete: { Quiet: true, Objects: [{ Key: 'never' }] } }),
  );
  expect(quiet.Deleted ?? []).toEqual([]);
});

test('metadata has a limit', async () => {
  await expect(put('meta', 'x', { Metadata: { long: 'x'.repeat(2100) } })).rejects.toMatchObject({
    name: 'MetadataTooLarge',
  });
});
