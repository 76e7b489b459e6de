// A deleted project: nothing of it is found, nothing new begins, what runs is stopped, and for a time all of it can be brought back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as File from '../../../core/file/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import * as Snapshot from '../../../core/snapshot/index.ts';
import * as Socket from '../../../core/socket/index.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { outpaced } from '../../kit/lagging.ts';
import { allRefused } from '../../kit/refused.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aFile } from '../../kit/upload.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** Ids of a project that was broken down. */
async function broken(title: string) {
  const { project, task } = await aBreakdown(t.ctx, title, drama);
  const asset = async (name: string, kind: 'prop' | 'character' = 'prop') =>
    Asset.create(t.ctx, { projectId: project, kind, name });
  const [one, other, third] = [await asset('灯'), await asset('烛'), await asset('炬')];
  await Asset.merge(t.ctx, { id: other.id, otherId: third.id });
  const [change] = (await Asset.changes(t.ctx, { projectId: project })).items;
  const [episode] = (await Episode.list(t.ctx, { projectId: project })).items;
  const board = await Shot.ofEpisode(t.ctx, { id: episode?.id ?? '' });
  const [shot] = (await Shot.shots(t.ctx, { id: board.id })).items;
  const file = await aFile(t.ctx, project);
  const ids = {
    asset: one.id,
    other: other.id,
    change: change?.id ?? '',
    episode: episode?.id ?? '',
    shot: shot?.id ?? '',
  };
  return { ...ids, project, task, board: board.id, script: task.scriptId, file: file.id };
}

describe('what was made of it', () => {
  let of: Awaited<ReturnType<typeof broken>>;
  const attempts = (): Promise<unknown>[] => [
    Episode.get(t.ctx, { id: of.episode }),
    Episode.elements(t.ctx, { id: of.episode }),
    Script.get(t.ctx, { id: of.script }),
    Script.document(t.ctx, { id: of.script }),
    Script.revisions(t.ctx, { id: of.script }),
    Script.revision(t.ctx, { id: of.script, revision: 1 }),
    Snapshot.assets(t.ctx, { id: of.task.result?.snapshotId ?? '' }),
    Asset.get(t.ctx, { id: of.asset }),
    Asset.mentions(t.ctx, { id: of.asset }),
    Shot.ofEpisode(t.ctx, { id: of.episode }),
    Shot.get(t.ctx, { id: of.board }),
    Shot.shots(t.ctx, { id: of.board }),
    Shot.shot(t.ctx, { id: of.shot }),
    Shot.coverage(t.ctx, { id: of.board }),
    Shot.exported(t.ctx, { id: of.board }),
    File.url(t.ctx, { fileId: of.file }),
    Task.get(t.ctx, { id: of.task.id }),
    Task.text(t.ctx, { id: of.task.id }),
  ];
  const changes = (): Promise<unknown>[] => [
    Asset.update(t.ctx, { id: of.asset, version: 1, description: '改' }),
    Asset.remove(t.ctx, { id: of.asset }),
    Asset.merge(t.ctx, { id: of.asset, otherId: of.other }),
    Asset.undo(t.ctx, { id: of.change }),
    Script.revise(t.ctx, { id: of.script, rawText: drama }),
    Shot.insert(t.ctx, { id: of.board, content: { title: '新' } }),
    Shot.update(t.ctx, { id: of.shot, version: 1, note: '改' }),
    Shot.lock(t.ctx, { id: of.shot, locked: true }),
    Shot.remove(t.ctx, { id: of.shot, version: 1 }),
    File.remove(t.ctx, { fileId: of.file }),
    Task.extractAssets(t.ctx, { id: of.episode, rerun: true }),
    Task.generateShots(t.ctx, { projectId: of.project, episodeId: of.episode, rerun: true }),
    Task.parseScript(t.ctx, { projectId: of.project, scriptId: of.script, rerun: true }),
  ];

  const listed = async (task: string) => (await Task.list(t.ctx, { size: 100 })).items.some(({ id }) => id === task);

  test('is found while the project stands', async () => {
    of = await broken('雨巷');
    await Promise.all(attempts());
    expect(await Socket.eventsAfter(t.ctx, of.task.id, 0)).not.toEqual([]);
  });

  test('is not found any more, and cannot be changed', async () => {
    await Project.remove(t.ctx, { id: of.project });
    await allRefused(attempts(), { code: 'NOT_FOUND', details: {} });
    await allRefused(changes(), { code: 'NOT_FOUND', details: {} });
    expect(await listed(of.task.id)).toBe(false);
    expect(await Socket.eventsAfter(t.ctx, of.task.id, 0)).toEqual([]);
  });

  test('is found again when the project is restored', async () => {
    expect(await Project.restore(t.ctx, { id: of.project })).toMatchObject({
      title: '雨巷',
      status: 'active',
      purgeAt: null,
    });
    await Promise.all(attempts());
    expect(await listed(of.task.id)).toBe(true);
    await expect(Project.restore(t.ctx, { id: of.project })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('work that is started at the very moment of the deletion does not start', async () => {
  const { id: projectId } = await Project.create(t.ctx, { title: '同时' });
  const late = outpaced(t.ctx, () => Project.remove(t.ctx, { id: projectId }));
  await expect(Task.parseScript(late, { projectId, rawText: drama })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await Task.list(t.ctx, { size: 100 })).items.some((task) => task.projectId === projectId)).toBe(false);
});

test('work that runs is stopped, whatever it has done, and the project without work is left alone', async () => {
  const { id: projectId } = await Project.create(t.ctx, { title: '在做' });
  const { taskId } = await Task.parseScript(t.ctx, { projectId, rawText: drama });
  const running = run(t.ctx, taskId, async (step) => {
    if (step !== 'resolve') return;
    await Project.remove(t.ctx, { id: projectId });
    await Task.stopIn(t.ctx, projectId);
  });
  await expect(running).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await Task.find(t.ctx, taskId)).toMatchObject({ status: 'cancelled' });
  await Task.stopIn(t.ctx, projectId);
});
