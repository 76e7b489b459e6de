import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
const console_ = 'http://localhost:5173';
beforeAll(async () => {
  cloud = await aCloud({
    corsOf: (bucket) =>
      bucket === 'media'
        ? [
            {
              AllowedOrigins: [console_, 'https://*.scriptloom.cn'],
              AllowedMethods: ['PUT'],
              AllowedHeaders: ['content-type', 'x-amz-*'],
              ExposedHeaders: ['ETag'],
              MaxAge: 600,
            },
            { AllowedOrigins: ['*'], AllowedMethods: ['GET', 'HEAD'] },
          ]
        : [],
  });
  await cloud.createBucket('plain');
});
afterAll(() => cloud.end());

const ask = (bucket: string, origin: string, method: string, headers = '') =>
  fetch(`${cloud.url}/${bucket}/key`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers ? { 'access-control-request-headers': headers } : {}),
    },
  });

test('a browser of an allowed origin may upload', async () => {
  const answer = await ask('media', console_, 'PUT', 'Content-Type, x-amz-meta-a');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': console_,
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'content-type, x-amz-meta-a',
    'access-control-expose-headers': 'ETag',
    'access-control-max-age': '600',
    vary: expect.stringContaining('Origin'),
  });
  expect((await ask('media', 'https://app.scriptloom.cn', 'PUT')).status).toBe(200);
});

test.each([
  ['another origin', 'media', 'https://scriptloom.cn.evil.example', 'PUT', ''],
  ['another method', 'media', console_, 'DELETE', ''],
  ['another header', 'media', console_, 'PUT', 'authorization'],
  ['a bucket without rules', 'plain', console_, 'PUT', ''],
])('%s is refused', async (_, bucket, origin, method, headers) => {
  const answer = await ask(bucket, origin, method, headers);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessForbidden</Code>')]);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('real answers and errors carry the headers too, so that the page can read them', async () => {
  const link = await getSignedUrl(
    cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
    new PutObjectCommand({ Bucket: 'media', Key: 'k' }),
  );
  const put = await fetch(link, { method: 'PUT', body: 'x', headers: { origin: console_ } });
  expect([
    put.status,
    put.headers.get('access-control-allow-origin'),
    put.headers.get('access-control-expose-headers'),
  ]).toEqual([200, console_, 'ETag']);
  const refused = await fetch(`${cloud.url}/media/k`, { headers: { origin: 'https://anywhere.example' } });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
  const foreign = await fetch(link, { method: 'PUT', body: 'x', headers: { origin: 'https://evil.example' } });
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
});
