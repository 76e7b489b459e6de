import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud();
});
afterAll(() => cloud.end());

const code = async (answer: Response): Promise<[number, string | undefined]> => [
  answer.status,
  /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1],
];

/** A link as the product makes it: size and type are pinned by signed headers. */
const uploadLink = (key: string, size: number, type: string): Promise<string> =>
  getSignedUrl(
    cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
    new PutObjectCommand({ Bucket: 'media', Key: key, ContentLength: size, ContentType: type }),
    { expiresIn: 3600, signableHeaders: new Set(['host', 'content-length', 'content-type']) },
  );

test('an upload link takes exactly the size and type it was made for', async () => {
  const link = await uploadLink('scripts/a.txt', 5, 'text/plain');
  const put = (body: string, type: string) => fetch(link, { method: 'PUT', body, headers: { 'content-type': type } });
  expect(await code(await put('123456', 'text/plain'))).toEqual([403, 'SignatureDoesNotMatch']);
  expect(await code(await put('1234', 'text/plain'))).toEqual([403, 'SignatureDoesNotMatch']);
  expect(await code(await put('12345', 'text/html'))).toEqual([403, 'SignatureDoesNotMatch']);
  expect((await put('12345', 'text/plain')).status).toBe(200);
  const head = await cloud.s3().send(new HeadObjectCommand({ Bucket: 'media', Key: 'scripts/a.txt' }));
  expect(head).toMatchObject({ ContentLength: 5, ContentType: 'text/plain' });
});

test('an upload link without a length in the request is refused', async () => {
  const link = await uploadLink('scripts/stream.txt', 5, 'text/plain');
  const body = new Blob(['12345']).stream();
  const answer = await fetch(link, {
    method: 'PUT',
    body,
    duplex: 'half',
    headers: { 'content-type': 'text/plain' },
  } as RequestInit);
  expect(await code(answer)).toEqual([403, 'SignatureDoesNotMatch']);
});

test('an upload link is for one key and one method, and adds no headers of others', async () => {
  const link = await uploadLink('scripts/b.txt', 5, 'text/plain');
  const headers = { 'content-type': 'text/plain' };
  expect(await code(await fetch(link.replace('b.txt', 'c.txt'), { method: 'PUT', body: '12345', headers }))).toEqual([
    403,
    'SignatureDoesNotMatch',
  ]);
  expect(await code(await fetch(link))).toEqual([403, 'SignatureDoesNotMatch']);
  const sneaky = await fetch(link, { method: 'PUT', body: '12345', headers: { ...headers, 'x-amz-meta-owner': 'me' } });
  expect(await code(sneaky)).toEqual([403, 'AccessDenied']);
});

test('a link that carries the checksum of an empty body refuses every other body, as S3 does', async () => {
  const link = await getSignedUrl(cloud.s3(), new PutObjectCommand({ Bucket: 'media', Key: 'trap' }));
  expect(link).toContain('x-amz-checksum-crc32=AAAAAA');
  expect(await code(await fetch(link, { method: 'PUT', body: 'text' }))).toEqual([400, 'BadDigest']);
});

test('a download link works until it expires', async () => {
  const s3 = cloud.s3();
  await s3.send(new PutObjectCommand({ Bucket: 'media', Key: '分镜/第1集.json', Body: '{}' }));
  const read = new GetObjectCommand({ Bucket: 'media', Key: '分镜/第1集.json' });
  const link = await getSignedUrl(s3, read, { expiresIn: 60 });
  expect(await (await fetch(link)).text()).toBe('{}');
  const tampered = link.replace(/Expires=60/, 'Expires=600');
  expect(await code(await fetch(tampered))).toEqual([403, 'SignatureDoesNotMatch']);
  const old = await getSignedUrl(s3, read, { expiresIn: 60, signingDate: new Date(Date.now() - 61_000) });
  const answer = await fetch(old);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([403, expect.stringContaining('<Message>Request has expired</Message>')]);
});

test('a link cannot live longer than a week, and not before its time', async () => {
  const s3 = cloud.s3();
  const link = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'media', Key: 'a' }), { expiresIn: 600 });
  expect(await code(await fetch(link.replace('Expires=600', 'Expires=604801')))).toEqual([
    400,
    'AuthorizationQueryParametersError',
  ]);
  const early = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'media', Key: 'a' }), {
    signingDate: new Date(Date.now() + 3_600_000),
  });
  expect(await code(await fetch(early))).toEqual([403, 'AccessDenied']);
});

test('a download link may choose the file name and type of the answer', async () => {
  const s3 = cloud.s3();
  await s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'export', Body: 'a,b' }));
  const link = await getSignedUrl(
    s3,
    new GetObjectCommand({
      Bucket: 'media',
      Key: 'export',
      ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent('分镜.csv')}`,
      ResponseContentType: 'text/csv',
    }),
  );
  const answer = await fetch(link);
  expect(answer.headers.get('content-type')).toBe('text/csv');
  expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%88%86");
});

test('parts of a large upload have links of their own', async () => {
  const link = await getSignedUrl(
    cloud.s3({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
    new UploadPartCommand({ Bucket: 'media', Key: 'big', UploadId: 'gone', PartNumber: 1 }),
  );
  expect(await code(await fetch(link, { method: 'PUT', body: 'x' }))).toEqual([404, 'NoSuchUpload']);
});
