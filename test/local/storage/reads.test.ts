import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeOf } from '../../../local/storage/s3/conditions.ts';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
let etag: string | undefined;
const place = { Bucket: 'media', Key: 'clip.mp4' };
beforeAll(async () => {
  cloud = await aCloud();
  etag = (await cloud.s3().send(new PutObjectCommand({ ...place, Body: '0123456789' }))).ETag;
});
afterAll(() => cloud.end());

test.each([
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ['bytes=8-99', '89', 'bytes 8-9/10'],
])('a video player that asks for %s gets those bytes', async (Range, text, contentRange) => {
  const part = await cloud.s3().send(new GetObjectCommand({ ...place, Range }));
  expect(part).toMatchObject({
    ContentRange: contentRange,
    ContentLength: text.length,
    AcceptRanges: 'bytes',
    $metadata: { httpStatusCode: 206 },
  });
  expect(await part.Body?.transformToString()).toBe(text);
});

test('a range behind the end is refused, one that makes no sense is ignored', async () => {
  const s3 = cloud.s3();
  await expect(s3.send(new GetObjectCommand({ ...place, Range: 'bytes=10-' }))).rejects.toMatchObject({
    name: 'InvalidRange',
    $metadata: { httpStatusCode: 416 },
  });
  const whole = await s3.send(new GetObjectCommand({ ...place, Range: 'bytes=5-2' }));
  expect([whole.$metadata.httpStatusCode, await whole.Body?.transformToString()]).toEqual([200, '0123456789']);
});

test('every range that is answered lies inside the object', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, first, last) => {
      const header = `bytes=${first ?? ''}-${last ?? ''}`;
      let range: ReturnType<typeof rangeOf>;
      try {
        range = rangeOf(header, size);
      } catch {
        // Refused: nothing of what was asked for is there.
        expect(first === null ? last === 0 || size === 0 : first >= size).toBe(true);
        return;
      }
      if (range) expect(0 <= range.start && range.start <= range.end && range.end < size).toBe(true);
    }),
  );
});

test('who has the object already is told so; who expects another is refused', async () => {
  const s3 = cloud.s3();
  await expect(s3.send(new GetObjectCommand({ ...place, IfNoneMatch: etag }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });
  await expect(s3.send(new GetObjectCommand({ ...place, IfMatch: '"other"' }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(
    s3.send(new GetObjectCommand({ ...place, IfModifiedSince: new Date(Date.now() + 5000) })),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(s3.send(new GetObjectCommand({ ...place, IfUnmodifiedSince: new Date(0) }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  expect((await s3.send(new GetObjectCommand({ ...place, IfMatch: etag }))).ETag).toBe(etag);
});

test('a missing object is NotFound to HEAD and NoSuchKey to GET', async () => {
  const s3 = cloud.s3();
  await expect(s3.send(new HeadObjectCommand({ ...place, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  await expect(s3.send(new GetObjectCommand({ ...place, Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

test('an empty object is an object', async () => {
  const s3 = cloud.s3();
  await s3.send(new PutObjectCommand({ ...place, Key: 'empty', Body: '' }));
  const found = await s3.send(new GetObjectCommand({ ...place, Key: 'empty' }));
  expect([found.ContentLength, await found.Body?.transformToString()]).toEqual([0, '']);
});
