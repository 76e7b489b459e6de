import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../../local/storage/s3/checksum.ts';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

const stored = async (key: string): Promise<string | undefined> =>
  (await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key: key }))).Body?.transformToString();

test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
  'a body that does not fit its %s is refused and nothing is stored',
  async (algorithm) => {
    const s3 = cloud.s3();
    const right = digestOf(algorithm);
    right.update(Buffer.from('right'));
    const put = (Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: 'media', Key: algorithm, Body, [`Checksum${algorithm}`]: checksum }));
    const checksum = right.base64();
    await expect(put('wrong')).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(stored(algorithm)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('right');
    const told = await s3.send(new GetObjectCommand({ Bucket: 'media', Key: algorithm, ChecksumMode: 'ENABLED' }));
    expect(told[`Checksum${algorithm}`]).toBe(checksum);
  },
);

test('CRC32C is the Castagnoli checksum', () => {
  const digest = digestOf('CRC32C');
  digest.update(Buffer.from('1234'));
  digest.update(Buffer.from('56789'));
  // Check value of CRC-32C for "123456789": 0xe3069283 (RFC 3720, B.4 uses the same polynomial).
  expect(Buffer.from(digest.base64(), 'base64').toString('hex')).toBe('e3069283');
});

test('a body that does not fit its Content-MD5 is refused', async () => {
  const ContentMD5 = createHash('md5').update('right').digest('base64');
  const put = (Body: string, md5: string) =>
    cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'md5', Body, ContentMD5: md5 }));
  await expect(put('wrong', ContentMD5)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(put('right', 'nonsense')).rejects.toMatchObject({ name: 'InvalidDigest' });
  await put('right', ContentMD5);
  expect(await stored('md5')).toBe('right');
});

test('a body changed on its way does not fit the signed hash', async () => {
  const s3 = cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  // The last step before the socket swaps one letter: length and signature stay as they were.
  s3.middlewareStack.add(
    (next) => async (step) => {
      const request = step.request as { body?: unknown };
      request.body = 'chamged';
      return next(step);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await expect(
    s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'changed', Body: 'changed' })),
  ).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
  await expect(stored('changed')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a stream is stored without its framing', async () => {
  const body = 'x'.repeat(300_000);
  const Body = Readable.from([Buffer.from(body.slice(0, 100_000)), Buffer.from(body.slice(100_000))]);
  await cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'stream', Body, ContentLength: body.length }));
  expect((await stored('stream'))?.length).toBe(300_000);
});

test('5 GiB is the most one request may carry, said before a byte is read', async () => {
  const s3 = cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  const link = new URL(await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'media', Key: 'huge' })));
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(cloud.port, '127.0.0.1', () =>
      socket.write(
        `PUT ${link.pathname}${link.search} HTTP/1.1\r\nHost: ${link.host}\r\nContent-Length: 6000000000\r\n\r\n`,
      ),
    );
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
  });
  expect(answer).toContain('<Code>EntityTooLarge</Code>');
});

test('an upload broken off leaves nothing behind', async () => {
  const s3 = cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  const link = new URL(await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'media', Key: 'broken' })));
  await new Promise<void>((resolve) => {
    const socket = connect(cloud.port, '127.0.0.1', () => {
      socket.write(
        `PUT ${link.pathname}${link.search} HTTP/1.1\r\nHost: ${link.host}\r\nContent-Length: 100\r\n\r\nhalf`,
        () => socket.destroy(),
      );
    });
    socket.once('close', () => resolve());
  });
  await expect(stored('broken')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a 64 MB body goes in and comes back the same', async () => {
  const body = Buffer.alloc(64 * 1024 ** 2, 'scriptloom');
  await cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'large', Body: body }));
  const found = await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key: 'large' }));
  const back = Buffer.from((await found.Body?.transformToByteArray()) ?? []);
  expect(back.equals(body)).toBe(true);
});
