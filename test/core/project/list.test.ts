import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Project from '../../../core/project/index.ts';
import { allRefused } from '../../kit/refused.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
const made: string[] = [];
const newestFirst = () => [...made].reverse();
const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

beforeAll(async () => {
  t = await aTenant();
  for (let number = 1; number <= 7; number++)
    made.push((await Project.create(t.ctx, { title: number % 2 ? `Lantern ${number}` : `灯 ${number}` })).id);
});
afterAll(() => t.stop());

test('pages have numbers and totals, newest first', async () => {
  const second = await Project.list(t.ctx, { page: 2, size: 3 });
  expect(ids(second)).toEqual(newestFirst().slice(3, 6));
  expect(second.pagination).toEqual({ page: 2, size: 3, total: 7, pages: 3 });
});

test('a page after the last is empty and still knows the total', async () => {
  const beyond = await Project.list(t.ctx, { page: 9, size: 3 });
  expect(beyond).toEqual({ items: [], nextCursor: null, pagination: { page: 9, size: 3, total: 7, pages: 3 } });
});

test('the cursor walks every project once', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await Project.list(t.ctx, { size: 2, cursor });
    seen.push(...ids(page));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(newestFirst());
});

test('the cursor of a numbered page goes on after it', async () => {
  const { nextCursor } = await Project.list(t.ctx, { page: 2, size: 2 });
  expect(ids(await Project.list(t.ctx, { cursor: nextCursor ?? '', size: 2 }))).toEqual(newestFirst().slice(4, 6));
});

test('search finds a part of the title, whatever its case and width', async () => {
  const found = await Project.list(t.ctx, { search: 'ＬＡＮＴ', size: 3 });
  expect(ids(found)).toEqual([made[6], made[4], made[2]]);
  expect(found.pagination).toEqual({ page: 1, size: 3, total: 4, pages: 2 });
  expect(ids(await Project.list(t.ctx, { search: 'ＬＡＮＴ', size: 3, cursor: found.nextCursor ?? '' }))).toEqual([
    made[0],
  ]);
});

test('search, page after page, misses nothing while what was shown is deleted', async () => {
  const drafts = [];
  for (const title of ['草稿 1', '草稿 2', '草稿 3', '草稿 4', '草稿 5'])
    drafts.push((await Project.create(t.ctx, { title })).id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await Project.list(t.ctx, { search: '草稿', size: 2, cursor });
    seen.push(...ids(page));
    for (const id of ids(page)) await Project.remove(t.ctx, { id });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(drafts.toReversed());
});

test('a cursor of a search that holds no place, only how much it passed, goes on there', async () => {
  const bound = createHash('sha256').update(`${t.ctx.tenant}\nproject.list||LANT`).digest('base64url').slice(0, 16);
  const cursor = Buffer.from(JSON.stringify([bound, { sk: '' }, 3])).toString('base64url');
  expect(ids(await Project.list(t.ctx, { search: 'LANT', size: 3, cursor }))).toEqual([made[0]]);
});

test('archived projects are listed with the rest and under their status', async () => {
  const id = made[0] ?? '';
  await Project.update(t.ctx, { id, version: 1, status: 'archived' });
  expect(ids(await Project.list(t.ctx, { status: 'archived' }))).toEqual([id]);
  expect(ids(await Project.list(t.ctx, { status: 'active' }))).not.toContain(id);
  expect(ids(await Project.list(t.ctx, {}))).toContain(id);
});

test('a cursor that is damaged, of another list or of another tenant is refused', async () => {
  const { nextCursor } = await Project.list(t.ctx, { size: 2 });
  const cursor = nextCursor ?? '';
  const attempts = [
    Project.list(t.ctx, { cursor: `${cursor.slice(0, -4)}xxxx` }),
    Project.list(t.ctx, { cursor: 'nonsense' }),
    Project.list(t.ctx, { cursor, status: 'active' }),
    Project.list(t.other, { cursor }),
  ];
  await allRefused(attempts, { code: 'INVALID_CURSOR' });
});

test('a cursor made up by somebody who knows how they are made is refused, and walks nothing of others', async () => {
  const bound = createHash('sha256').update(`${t.ctx.tenant}\nproject.list||`).digest('base64url').slice(0, 16);
  const forged = (keys: object) => Buffer.from(JSON.stringify([bound, keys, 0])).toString('base64url');
  const attempts = [{ sk: 'PROJECT#x' }, { sk: '', gsi1sk: '' }, { sk: 'PROJECT#x', gsi1sk: 'y', gsi2sk: 'z' }].map(
    (keys) => Project.list(t.ctx, { cursor: forged(keys) }),
  );
  await allRefused(attempts, { code: 'INVALID_CURSOR' });
  const { items } = await Project.list(t.ctx, { cursor: forged({ sk: 'MEMBER#x', gsi1sk: 'prj_z' }), size: 100 });
  expect(items.every(({ id }) => made.includes(id))).toBe(true);
});

test('a page number or size out of range is refused', async () => {
  for (const page of [{ page: 0 }, { size: 0 }, { size: 101 }, { size: 'all' }])
    await expect(Project.list(t.ctx, page)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});
