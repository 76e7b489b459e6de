import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../../local/storage/s3/call.ts';
import { openLedger } from '../../../local/storage/s3/ledger.ts';
import { listObjects } from '../../../local/storage/s3/operations/list-objects.ts';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
const keys = [
  'a.txt',
  'episodes/1/scene 1.json',
  'episodes/1/scene 2.json',
  'episodes/10/x.json',
  '剧本/一.txt',
  '剧本/二.txt',
];
beforeAll(async () => {
  cloud = await aCloud();
  for (const Key of keys) await cloud.s3().send(new PutObjectCommand({ Bucket: 'media', Key, Body: Key }));
});
afterAll(() => cloud.end());

test('a folder is a prefix up to a delimiter', async () => {
  const s3 = cloud.s3();
  const top = await s3.send(new ListObjectsV2Command({ Bucket: 'media', Delimiter: '/' }));
  expect([top.Contents?.map((one) => one.Key), top.CommonPrefixes?.map((one) => one.Prefix)]).toEqual([
    ['a.txt'],
    ['episodes/', '剧本/'],
  ]);
  const inner = await s3.send(
    new ListObjectsV2Command({ Bucket: 'media', Prefix: 'episodes/', Delimiter: '/', EncodingType: 'url' }),
  );
  expect(inner.CommonPrefixes?.map((one) => one.Prefix)).toEqual(['episodes/1/', 'episodes/10/']);
});

test('pages follow each other without a gap', async () => {
  const found: (string | undefined)[] = [];
  for await (const page of paginateListObjectsV2({ client: cloud.s3(), pageSize: 2 }, { Bucket: 'media' })) {
    expect(page.KeyCount).toBe(2);
    found.push(...(page.Contents ?? []).map((one) => one.Key));
  }
  expect(found).toEqual(keys);
});

test('listing starts where it is told, and an empty bucket lists nothing', async () => {
  const s3 = cloud.s3();
  const rest = await s3.send(new ListObjectsV2Command({ Bucket: 'media', StartAfter: 'episodes/10/x.json' }));
  expect(rest.Contents?.map((one) => one.Key)).toEqual(['剧本/一.txt', '剧本/二.txt']);
  await cloud.createBucket('empty-one');
  expect(await s3.send(new ListObjectsV2Command({ Bucket: 'empty-one' }))).toMatchObject({
    KeyCount: 0,
    IsTruncated: false,
  });
  await expect(s3.send(new DeleteObjectsCommand({ Bucket: 'media', Delete: { Objects: [] } }))).rejects.toMatchObject({
    name: 'MalformedXML',
  });
});

test('for any keys, prefix, delimiter and page size the pages together are the folded list', async () => {
  const ledger = openLedger(':memory:');
  const key = fc.stringMatching(/^[ab/é😀]{1,5}$/u);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.stringMatching(/^[ab/]{0,2}$/),
      fc.constantFrom('', '/', 'a'),
      fc.integer({ min: 1, max: 4 }),
      async (all, prefix, delimiter, size) => {
        for (const one of ledger.list('b', { prefix: '', after: '', limit: 1000 })) ledger.remove('b', one.key);
        for (const one of all)
          ledger.replace('b', { key: one, file: 'f', size: 0, etag: '', modified: 0, headers: {} }, () => undefined);
        const folded = all
          .filter((one) => one.startsWith(prefix))
          .map((one) => {
            const end = delimiter === '' ? -1 : one.indexOf(delimiter, prefix.length);
            return end < 0 ? one : one.slice(0, end + delimiter.length);
          });
        const wanted = [...new Set(folded)].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
        const found: string[] = [];
        let token: string | undefined;
        do {
          const query = new Map(
            Object.entries({
              prefix,
              delimiter,
              'max-keys': String(size),
              ...(token ? { 'continuation-token': token } : {}),
            }),
          );
          const { body } = await listObjects({ bucket: 'b', query } as unknown as Call, { ledger });
          if (typeof body !== 'string') throw new Error('A list is XML.');
          const page = [...body.matchAll(/<Contents><Key>(.*?)<|<CommonPrefixes><Prefix>(.*?)</g)].map(
            (hit) => hit[1] ?? hit[2] ?? '',
          );
          expect(page.length).toBeLessThanOrEqual(size);
          found.push(...page);
          token = /<NextContinuationToken>(.*?)</.exec(body)?.[1];
        } while (token);
        expect(found.sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)))).toEqual(wanted);
      },
    ),
  );
  ledger.close();
});
