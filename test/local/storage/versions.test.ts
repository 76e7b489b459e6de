// A bucket that keeps versions: what is overwritten or deleted can be listed, and goes for good by its id, or when its days are over.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openLedger } from '../../../local/storage/s3/ledger.ts';
import { aCloud } from './cloud.ts';

const Bucket = 'kept';
let cloud: Awaited<ReturnType<typeof aCloud>>;
let s3: ReturnType<typeof cloud.s3>;
beforeAll(async () => {
  cloud = await aCloud();
  await cloud.createBucket(Bucket, { days: 1 });
  s3 = cloud.s3();
});
afterAll(() => cloud.end());

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const read = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

/** Sizes of versions (`-`: a marker), the newest first; the latest one is told by a star. */
async function kept(Prefix: string): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const markers = DeleteMarkers.map(({ IsLatest }) => `-${IsLatest ? '*' : ''}`);
  return [...markers, ...Versions.map(({ Size, IsLatest }) => `${Size}${IsLatest ? '*' : ''}`)];
}

const purge = async (Prefix: string, which: (at: number) => boolean = () => true) => {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const Objects = [...DeleteMarkers, ...Versions]
    .filter((_, at) => which(at))
    .map(({ Key = '', VersionId }) => ({ Key, VersionId }));
  return s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
};

test('what is overwritten, copied over and deleted is kept', async () => {
  await put('a', '1');
  await put('a', '22');
  expect([await read('a'), await kept('a')]).toEqual(['22', ['2*', '1']]);
  await put('source', '333');
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'a', CopySource: `${Bucket}/source` }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(await kept('a')).toEqual(['-*', '3', '2', '1']);
  await expect(read('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a' }))).KeyCount).toBe(0);
});

test('without its marker the newest version is the object again, and without all of them nothing is left', async () => {
  await purge('a', (at) => at === 0);
  expect([await read('a'), await kept('a')]).toEqual(['333', ['3*', '2', '1']]);
  await purge('a', (at) => at === 0);
  expect([await read('a'), await kept('a')]).toEqual(['22', ['2*', '1']]);
  const { Deleted = [] } = await purge('a');
  expect(Deleted).toHaveLength(2);
  expect(await kept('a')).toEqual([]);
});

test('pages of versions follow each other without a gap', async () => {
  for (const key of ['p/1', 'p/2', 'p/3']) for (const body of ['x', 'xx', 'xxx']) await put(key, body);
  const found: string[] = [];
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  do {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'p/', MaxKeys: 2, ...at }));
    found.push(...(page.Versions ?? []).map(({ Key, Size, IsLatest }) => `${Key} ${Size}${IsLatest ? '*' : ''}`));
    at = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  } while (at.KeyMarker);
  expect(found).toEqual(['p/1', 'p/2', 'p/3'].flatMap((key) => [`${key} 3*`, `${key} 2`, `${key} 1`]));
});

test('a bucket that keeps none has one version of each object, which S3 calls null', async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'one', Body: '1' }));
  await s3.send(new PutObjectCommand({ Bucket: 'media', Key: 'one', Body: '22' }));
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'media' }));
  expect(Versions).toMatchObject([{ Key: 'one', VersionId: 'null', IsLatest: true, Size: 2 }]);
});

test('old versions go when their days are over; the object stays', () => {
  const ledger = openLedger(':memory:');
  ledger.addBucket(Bucket, 0, { days: 1 });
  const object = (file: string) => ({ key: 'a', file, size: 1, etag: '', modified: 0, headers: {} });
  for (const file of ['one', 'two', 'three']) ledger.replace(Bucket, object(file), () => undefined);
  expect(ledger.files()).toEqual(new Set(['one', 'two', 'three']));
  expect(ledger.expireVersions(Date.now() + 86_000_000)).toEqual([]);
  expect(ledger.expireVersions(Date.now() + 87_000_000).toSorted()).toEqual(['one', 'two']);
  expect(ledger.files()).toEqual(new Set(['three']));
  ledger.close();
});

test('old versions that cannot be forgotten, for the file cannot be written, do not end the cloud', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const told = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const other = await aCloud();
  try {
    await other.createBucket(Bucket, { days: 1 });
    const file = new DatabaseSync(join(other.directory, 's3.sqlite'));
    file.exec('DROP TABLE version');
    file.close();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(told).toHaveBeenCalledWith(expect.stringMatching(/^s3: forgetting old versions failed/));
    const { KeyCount } = await other.s3().send(new ListObjectsV2Command({ Bucket }));
    expect(KeyCount).toBe(0);
  } finally {
    told.mockRestore();
    vi.useRealTimers();
    await other.end();
  }
});
