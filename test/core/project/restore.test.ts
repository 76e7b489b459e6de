// What people delete can be brought back for a time, and is gone without a trace afterwards.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as File from '../../../core/file/index.ts';
import { belonging, findMembership } from '../../../core/member/directory.ts';
import { joining } from '../../../core/member/store.ts';
import { getBlob, headBlob } from '../../../core/platform/blob.ts';
import { commit } from '../../../core/platform/commit.ts';
import { maxShares } from '../../../core/platform/reach.ts';
import { restorableDays } from '../../../core/platform/removal.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import { loadRevision } from '../../../core/revision/store.ts';
import { aStage, rowsOf, type Stage } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { aBreakdown } from '../../kit/run.ts';
import { aStock } from '../../kit/stock.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aFile } from '../../kit/upload.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant({ plan: 'free' });
});
afterAll(() => t.stop());

const dayMs = 86_400_000;
const afterAMonth = () => ({ ...t.ctx, now: () => Date.now() + restorableDays * dayMs + 1000 });
const projects = async () => (await Project.list(t.ctx, { status: 'deleted', size: 100 })).items;

describe('a deleted project', () => {
  test('is listed with the time until which it can be restored, and is what it was then', async () => {
    const { id } = await Project.create(t.ctx, { title: '雨巷' });
    await Project.update(t.ctx, { id, version: 1, status: 'archived' });
    const { purgeAt } = await Project.remove(t.ctx, { id });
    expect(purgeAt - Date.now()).toBeGreaterThan((restorableDays - 1) * dayMs);
    expect(await projects()).toMatchObject([{ id, status: 'deleted', purgeAt }]);
    expect(await Project.restore(t.ctx, { id })).toMatchObject({ status: 'archived', purgeAt: null, version: 4 });
    expect(await projects()).toEqual([]);
    let clock = Date.now();
    const ticking = { ...t.ctx, now: () => ++clock };
    const read = await Project.get(t.ctx, { id });
    const changed = await Project.update(ticking, { id, version: read.version, thumbnail: 'a.png' });
    expect(await Project.get(t.ctx, { id })).toEqual({ ...changed, sharedWith: [] });
    await Project.remove(t.ctx, { id });
    await Project.purge(t.ctx, { id });
  });

  test('whose title was taken meanwhile is restored under another', async () => {
    const { id } = await Project.create(t.ctx, { title: '灯' });
    await Project.remove(t.ctx, { id });
    const other = await Project.create(t.ctx, { title: '灯' });
    await expect(Project.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'TITLE_TAKEN' });
    expect(await Project.restore(t.ctx, { id, title: '灯（旧）' })).toMatchObject({ title: '灯（旧）' });
    await expect(Project.create(t.ctx, { title: '灯(旧)' })).rejects.toMatchObject({ code: 'TITLE_TAKEN' });
    for (const one of [id, other.id]) await Project.remove(t.ctx, { id: one });
  });

  test('gives its place to another, and is not restored where none is left', async () => {
    const made = [];
    for (const title of ['一', '二', '三']) made.push(await Project.create(t.ctx, { title }));
    const [first] = made;
    await Project.remove(t.ctx, { id: first?.id ?? '' });
    const fourth = await Project.create(t.ctx, { title: '四' });
    await expect(Project.restore(t.ctx, { id: first?.id ?? '' })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    await Project.remove(t.ctx, { id: fourth.id });
    await Project.restore(t.ctx, { id: first?.id ?? '' });
    for (const { id } of made) await Project.remove(t.ctx, { id });
  });

  test('keeps its files, which take room until it is ended; that can be asked for at once', async () => {
    const before = (await File.usage(t.ctx, {})).used;
    const { id } = await Project.create(t.ctx, { title: '片' });
    const { fileSize, storageKey } = await aFile(t.ctx, id);
    await Project.remove(t.ctx, { id });
    expect((await File.usage(t.ctx, {})).used).toBe(before + fileSize);
    await expect(Project.purge(t.as('editor'), { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await Project.purge(t.ctx, { id });
    for (let times = 0; times < 2; times++) {
      await File.purgeProject(t.ctx, id);
      await Script.purgeTexts(t.ctx, id);
      await Project.purgeRows(t.ctx, id);
    }
    expect([(await File.usage(t.ctx, {})).used, await headBlob(t.ctx, storageKey)]).toEqual([before, undefined]);
    await expect(Project.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
  });

  test('that stands is not ended nor restored, and says so; one of another tenant is not found', async () => {
    const { id } = await Project.create(t.ctx, { title: '在' });
    for (const act of [Project.restore, Project.purge]) {
      const standing = { code: 'CONFLICT', details: { reason: { en: 'the project is not deleted' } } };
      await expect(act(t.ctx, { id })).rejects.toMatchObject(standing);
      await expect(act(t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    }
    await Project.remove(t.ctx, { id });
    for (const act of [Project.restore, Project.purge])
      await expect(act(t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
  });

  test('cannot be restored after its time, and is ended then; one that was restored stays', async () => {
    const [late, restored] = [
      await Project.create(t.ctx, { title: '迟' }),
      await Project.create(t.ctx, { title: '回' }),
    ];
    for (const { id } of [late, restored]) await Project.remove(t.ctx, { id });
    await Project.restore(t.ctx, { id: restored.id });
    await expect(Project.restore(afterAMonth(), { id: late.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const { id } of [late, restored, { id: 'prj_none' }])
      for (let times = 0; times < 2; times++) await Project.purgeDue(afterAMonth(), id);
    expect((await projects()).map(({ id }) => id)).not.toContain(late.id);
    expect(await Project.get(t.ctx, { id: restored.id })).toMatchObject({ status: 'active' });
    await Project.remove(t.ctx, { id: restored.id });
  });

  test('that is restored and ended at the same moment is one of the two', async () => {
    const { id } = await Project.create(t.ctx, { title: '抢' });
    await Project.remove(t.ctx, { id });
    const [restored, ended] = await Promise.allSettled([Project.restore(t.ctx, { id }), Project.purge(t.ctx, { id })]);
    expect([restored.status, ended.status].filter((status) => status === 'fulfilled')).toHaveLength(1);
    const found = await Project.get(t.ctx, { id }).then(
      () => 'fulfilled',
      () => 'rejected',
    );
    expect(found).toBe(restored.status);
  });
});

describe('a project that was ended', () => {
  let s: Stage;
  beforeAll(async () => {
    s = await aStage();
  });
  afterAll(() => s.t.stop());

  test('leaves what was announced, done and paid, and nothing else; the one beside it is as it was', async () => {
    const { projects: id = '' } = await aStock(s.ctx);
    const { project: beside } = await aBreakdown(s.ctx, '另一部', drama);
    const rows = async (project: string) => {
      const all = await rowsOf(s.ctx, '');
      return all.filter((row) => JSON.stringify(row).includes(project.slice(4)));
    };
    const [before, around] = [await rows(id), await rows(beside)];
    expect(new Set(before.map((row) => row.__edb_e__)).size).toBeGreaterThan(12);
    await Project.remove(s.ctx, { id });
    await Project.purge(s.ctx, { id });
    await File.purgeProject(s.ctx, id);
    await Script.purgeTexts(s.ctx, id);
    await Project.purgeRows(s.ctx, id);
    const left = new Set((await rows(id)).map((row) => row.__edb_e__ ?? row.sk));
    expect([...left].filter((kind) => !['event', 'usage', 'usage-total'].includes(String(kind)))).toEqual([]);
    expect(await rows(beside)).toEqual(around);
  });
});

test('projects that were ended take none of the places that a member has for shared ones', async () => {
  const [user, stays] = ['usr-many', await Project.create(t.ctx, { title: '共享' })];
  await commit(t.ctx, { rows: joining(t.ctx, { id: user, email: 'many@example.com', name: '多', role: 'guest' }) });
  const filled = (count: number) => {
    const projects = Object.fromEntries(Array.from({ length: count }, (_, at) => [`prj_gone${at}`, 'viewer'] as const));
    const all = { ...projects, ...(count < maxShares && { [stays.id]: 'viewer' as const }) };
    return commit(t.ctx, { rows: [belonging(t.ctx, { user, role: 'guest', projects: all, isActive: true })] });
  };
  await filled(maxShares);
  await Project.share(t.ctx, { id: stays.id, memberId: user, role: 'editor' });
  expect((await findMembership(t.ctx, user, t.ctx.tenant))?.projects).toEqual({ [stays.id]: 'editor' });
  await Project.remove(t.ctx, { id: stays.id });
  await filled(maxShares - 1);
  const next = await Project.create(t.ctx, { title: '又一部' });
  await Project.share(t.ctx, { id: next.id, memberId: user, role: 'viewer' });
  // one that can be restored is still shared
  const left = (await findMembership(t.ctx, user, t.ctx.tenant))?.projects;
  expect(Object.keys(left ?? {}).toSorted()).toEqual([next.id, stays.id].toSorted());
  for (const id of [stays.id, next.id]) {
    await Project.remove(t.ctx, { id }).catch(() => undefined);
    await Project.purge(t.ctx, { id });
  }
});

describe('a deleted script', () => {
  let projectId: string;
  beforeAll(async () => {
    projectId = (await Project.create(t.ctx, { title: '有稿' })).id;
  });

  test('is listed among the deleted and comes back with its revisions and the hold on its file', async () => {
    const file = await aFile(t.ctx, projectId);
    const { id } = await Script.create(t.ctx, { projectId, fileId: file.id });
    const { purgeAt } = await Script.remove(t.ctx, { id });
    expect((await Script.list(t.ctx, { projectId, status: 'deleted' })).items).toMatchObject([{ id, purgeAt }]);
    expect(await Script.restore(t.ctx, { id })).toMatchObject({ status: 'active', purgeAt: null, version: 3 });
    expect(await Script.get(t.ctx, { id })).toMatchObject({ newest: { fileId: file.id } });
    await expect(File.remove(t.ctx, { fileId: file.id })).rejects.toMatchObject({ code: 'FILE_IN_USE' });
  });

  test('whose file was deleted meanwhile is not restored', async () => {
    const file = await aFile(t.ctx, projectId);
    const { id } = await Script.create(t.ctx, { projectId, fileId: file.id });
    await Script.remove(t.ctx, { id });
    await File.remove(t.ctx, { fileId: file.id });
    await expect(Script.restore(t.ctx, { id })).rejects.toMatchObject({
      code: 'SCRIPT_FILE_GONE',
      details: { file_id: file.id },
    });
  });

  test('is ended after its time with its revisions and its text, unless another was made of the same', async () => {
    const own = await Script.create(t.ctx, { projectId, rawText: `${drama}\n尾声`, title: '独' });
    const [one, same] = [
      await Script.create(t.ctx, { projectId, rawText: drama, title: '同' }),
      await Script.create(t.ctx, { projectId, rawText: drama, title: '同' }),
    ];
    const [ownText, text] = [
      (await loadRevision(t.ctx, own.id, 1)).sourceKey,
      (await loadRevision(t.ctx, one.id, 1)).sourceKey,
    ];
    for (const { id } of [own, one]) {
      await Script.remove(t.ctx, { id });
      await Script.purgeDue(t.ctx, id);
      expect(
        (await Script.list(t.ctx, { projectId, status: 'deleted', size: 100 })).items.map((row) => row.id),
      ).toContain(id);
      await Script.purgeDue(afterAMonth(), id);
      await expect(Script.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (let times = 0; times < 2; times++) await Script.purgeScript(t.ctx, projectId, id);
      await expect(loadRevision(t.ctx, id, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect([await headBlob(t.ctx, ownText), (await getBlob(t.ctx, text))?.length]).toEqual([
      undefined,
      Buffer.byteLength(drama),
    ]);
    expect(await Script.get(t.ctx, { id: same.id })).toMatchObject({ title: '同' });
  });

  test('is gone with its project, and another tenant finds nothing of it', async () => {
    const { id } = await Script.create(t.ctx, { projectId, rawText: drama });
    const standing = { code: 'CONFLICT', details: { reason: { en: 'the script is not deleted' } } };
    await expect(Script.restore(t.ctx, { id })).rejects.toMatchObject(standing);
    await expect(Script.restore(t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    await Script.remove(t.ctx, { id });
    await expect(Script.restore(t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    await Project.remove(t.ctx, { id: projectId });
    await expect(Script.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
