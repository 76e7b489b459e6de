// Bodies in the bucket: what is told of many keys without reading them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteBlob, putBlob, seekJson, tenantKey, worthALook } from '../../../core/platform/blob.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const key = (name: string): string => tenantKey(t.ctx, 'looks', name);

test('of keys that were written some a look is worth, of others none', async () => {
  await Promise.all(['a-1', 'a-12', 'b-1'].map((name) => putBlob(t.ctx, key(name), '1')));
  const asked = ['a-1', 'a-2', 'b-1', 'b', 'a-123'].map(key);
  expect([...(await worthALook(t.ctx, asked))]).toEqual(['a-1', 'b-1'].map(key));
  // the start of another key is none
  expect(await worthALook(t.ctx, [key('a-')])).toEqual(new Set());
  expect(await worthALook(t.ctx, [])).toEqual(new Set());
});

test('where more than a thousand lie beside them, none that is there is passed over', async () => {
  const names = Array.from({ length: 1010 }, (_, at) => `many/${String(at).padStart(4, '0')}`);
  for (let at = 0; at < names.length; at += 101)
    await Promise.all(names.slice(at, at + 101).map((name) => putBlob(t.ctx, key(name), '1')));
  const asked = ['many/0001', 'many/0001x', 'many/1005', 'many/1005x'].map(key);
  // what the list does not reach is looked for
  expect([...(await worthALook(t.ctx, asked))]).toEqual(['many/0001', 'many/1005', 'many/1005x'].map(key));
});

test('a body is found, one that is not there, or no more, is not', async () => {
  await putBlob(t.ctx, key('words.json'), '{"words":"雨"}');
  expect(await seekJson(t.ctx, key('words.json'))).toEqual({ words: '雨' });
  await deleteBlob(t.ctx, key('words.json'));
  expect(await seekJson(t.ctx, key('words.json'))).toBeUndefined();
  expect(await seekJson(t.ctx, key('words'))).toBeUndefined();
});
