import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

test('what is put comes back, with its type and metadata', async () => {
  const s3 = cloud.s3();
  await s3.send(
    new PutObjectCommand({
      Bucket: 'media',
      Key: '剧本/第 1 集 (终).txt',
      Body: '锦灯记',
      ContentType: 'text/plain; charset=utf-8',
      Metadata: { episode: '1' },
    }),
  );
  const found = await s3.send(new GetObjectCommand({ Bucket: 'media', Key: '剧本/第 1 集 (终).txt' }));
  expect(await found.Body?.transformToString()).toBe('锦灯记');
  expect(found).toMatchObject({
    ContentType: 'text/plain; charset=utf-8',
    Metadata: { episode: '1' },
    ContentLength: 9,
  });
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'media', Key: '剧本/第 1 集 (终).txt' }));
  expect(head.ETag).toBe(found.ETag);
});

test('a wrong secret, an unknown key and no signature at all are refused', async () => {
  const put = new PutObjectCommand({ Bucket: 'media', Key: 'a', Body: 'x' });
  const wrong = cloud.s3({ credentials: { accessKeyId: 'http-storage', secretAccessKey: 'guess' } });
  await expect(wrong.send(put)).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    $metadata: { httpStatusCode: 403 },
  });
  const unknown = cloud.s3({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'x' } });
  await expect(unknown.send(put)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  const anonymous = await fetch(`${cloud.url}/media/a`);
  expect([anonymous.status, await anonymous.text()]).toEqual([
    403,
    expect.stringContaining('<Code>AccessDenied</Code>'),
  ]);
});
