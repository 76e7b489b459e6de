// What people say about episodes, assets and shots.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Comment from '../../../core/comment/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { restorableDays } from '../../../core/platform/removal.ts';
import * as Project from '../../../core/project/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import { rowsOf } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { allRefused } from '../../kit/refused.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
let projectId: string;
let subjects: Record<'episode' | 'asset' | 'shot', string>;
let guest: Ctx;

beforeAll(async () => {
  t = await aTenant();
  ({ project: projectId } = await aBreakdown(t.ctx, '雨巷', drama));
  const [{ items: episodes }, { items: assets }] = await Promise.all([
    Episode.list(t.ctx, { projectId }),
    Asset.list(t.ctx, { projectId }),
  ]);
  const episode = episodes[0]?.id ?? '';
  const { id } = await Shot.ofEpisode(t.ctx, { id: episode });
  const { items: shots } = await Shot.shots(t.ctx, { id });
  subjects = { episode, asset: assets[0]?.id ?? '', shot: shots[0]?.id ?? '' };
  guest = { ...t.as('guest'), reach: { [projectId]: 'guest' } };
});
afterAll(() => t.stop());

const listed = async (asked: object = {}) =>
  (await Comment.list(t.ctx, { projectId, ...asked })).items.map(({ text }) => text);

test('a guest says something about each of them; lists tell it by project and by what it is about, newest first', async () => {
  for (const [on, subjectId] of Object.entries(subjects))
    expect(await Comment.add(guest, { subjectId, text: ` ${on}：\r\n慢一点 ` })).toMatchObject({
      on,
      subjectId,
      projectId,
      text: `${on}：\n慢一点`,
      author: guest.actor.id,
      authorName: 'guest@example.com',
      editedAt: null,
      version: 1,
    });
  expect(await listed()).toEqual(['shot：\n慢一点', 'asset：\n慢一点', 'episode：\n慢一点']);
  expect(await listed({ subjectId: subjects.asset })).toEqual(['asset：\n慢一点']);
  expect(await listed({ subjectId: 'ast_none' })).toEqual([]);
});

test('about anything else, or what is not there, nothing is said', async () => {
  await allRefused(
    [projectId, 'epi_1', `epi_${projectId.slice(4)}_99`, 'ast_none', 'sht_none', ''].map((subjectId) =>
      Comment.add(guest, { subjectId, text: '慢' }),
    ),
    { code: 'NOT_FOUND' },
  );
});

describe('a comment', () => {
  test('is changed by its author alone, on its newest version', async () => {
    const { id } = await Comment.add(guest, { subjectId: subjects.shot, text: '一' });
    await expect(Comment.update(t.ctx, { id, version: 1, text: '二' })).rejects.toMatchObject({
      code: 'NOT_YOUR_COMMENT',
    });
    await expect(Comment.update(guest, { id, text: '二' })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' });
    const changed = await Comment.update(guest, { id, version: 1, text: '二' });
    expect(changed).toMatchObject({ text: '二', version: 2, editedAt: expect.any(Number) });
    await expect(Comment.update(guest, { id, version: 1, text: '三' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: 2 },
    });
  });

  test('is deleted and restored by its author and by those who edit storyboards, and by nobody else', async () => {
    const mine = await Comment.add(guest, { subjectId: subjects.shot, text: '删我' });
    const theirs = await Comment.add(t.ctx, { subjectId: subjects.shot, text: '老板说' });
    await allRefused(
      [guest, t.as('viewer')].map((ctx) => Comment.remove(ctx, { id: theirs.id })),
      { code: 'NOT_YOUR_COMMENT' },
    );
    await Comment.remove(guest, { id: mine.id });
    expect(await listed({ subjectId: subjects.shot })).not.toContain('删我');
    await expect(Comment.update(guest, { id: mine.id, version: 2, text: '在吗' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await Comment.restore(t.as('editor'), { id: mine.id })).toMatchObject({ status: 'kept', version: 3 });
    await Comment.remove(t.as('editor'), { id: mine.id, version: 3 });
    await Comment.restore(guest, { id: mine.id });
    expect(await listed({ subjectId: subjects.shot })).toContain('删我');
    await expect(Comment.restore(guest, { id: mine.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is restored within its time, whose end the table knows, and not afterwards; one that stands has no end', async () => {
    const { id } = await Comment.add(guest, { subjectId: subjects.shot, text: '久远' });
    const ofRow = async () => (await rowsOf(t.ctx, `COMMENT#${id}`))[0]?.expires_at;
    await Comment.remove(guest, { id });
    const end = Number(await ofRow());
    expect(end - Date.now() / 1000).toBeGreaterThan((restorableDays - 1) * 86_400);
    const late = { ...guest, now: () => end * 1000 };
    await expect(Comment.restore(late, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Comment.restore(guest, { id });
    expect(await ofRow()).toBeUndefined();
    expect(await Comment.update(late, { id, version: 3, text: '还在' })).toMatchObject({ text: '还在' });
  });
});

test('comments of a deleted project are not there', async () => {
  const [first] = (await Comment.list(t.ctx, { projectId })).items;
  await Project.remove(t.ctx, { id: projectId });
  await allRefused(
    [
      Comment.list(t.ctx, { projectId }),
      Comment.remove(t.ctx, { id: first?.id ?? '' }),
      Comment.add(guest, { subjectId: subjects.asset, text: '还在吗' }),
    ],
    { code: 'NOT_FOUND' },
  );
});
