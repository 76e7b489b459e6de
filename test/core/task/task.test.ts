// Starting, watching, stopping and repeating work.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import { finishStep } from '../../../core/task/advance.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { allRefused } from '../../kit/refused.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { ticking } from '../../kit/ticking.ts';

let t: ATenant;
let project: string;
let script: string;
let done: string;
let episode: string;
beforeAll(async () => {
  t = await aTenant();
  const broken = await aBreakdown(t.ctx, '雨巷', drama);
  [project, script, done] = [broken.project, broken.task.scriptId, broken.task.id];
  episode = (await Episode.list(t.ctx, { projectId: project })).items[0]?.id ?? '';
});
afterAll(() => t.stop());

let projects = 0;
const aProject = async () => (await Project.create(t.ctx, { title: `剧 ${++projects}` })).id;
const parse = (projectId: string, more: object = { rawText: drama }) => Task.parseScript(t.ctx, { projectId, ...more });

describe('starting a breakdown', () => {
  test('answers a pending task at once', async () => {
    const id = await aProject();
    const started = await parse(id);
    expect(started).toMatchObject({ status: 'pending', estimatedTime: expect.any(Number) });
    expect(started.message).not.toBe('');
    expect(await Task.get(t.ctx, { id: started.taskId })).toMatchObject({
      type: 'script_parse',
      status: 'pending',
      progress: 0,
      provider: 'builtin',
      projectId: id,
    });
  });

  test('while work runs on the project it is refused with the running task', async () => {
    const id = await aProject();
    const { taskId } = await parse(id);
    await expect(parse(id)).rejects.toMatchObject({ code: 'ALREADY_RUNNING', details: { task_id: taskId } });
  });

  test('of five at the same moment one starts, and nothing of the others is left', async () => {
    const id = await aProject();
    const all = await Promise.allSettled([1, 2, 3, 4, 5].map(() => parse(id)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await Task.list(t.ctx, { projectId: id })).items).toHaveLength(1);
  });

  test('of a finished script asks for rerun', async () => {
    await expect(parse(project, { scriptId: script })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  });

  test('of a text that the project has already is work on that script', async () => {
    const { project: id, task } = await aBreakdown(t.ctx, '同一文本', drama);
    const scripts = async () => (await Script.list(t.ctx, { projectId: id })).items.map((row) => row.id);
    for (const more of [{ rawText: drama }, { rawText: drama, fileName: '雨巷.txt' }])
      await expect(parse(id, more)).rejects.toMatchObject({
        code: 'ALREADY_DONE',
        details: { script_id: task.scriptId },
      });
    const { taskId } = await parse(id, { rawText: drama, rerun: true });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'completed', scriptId: task.scriptId });
    expect(await scripts()).toEqual([task.scriptId]);
    expect((await Episode.list(t.ctx, { projectId: id })).items).toHaveLength(2);
    // what is another text, or read otherwise, or called otherwise, or deleted is a script of its own
    const others = [
      { rawText: `${drama}\n（完）` },
      { rawText: drama, fileName: 'x.fountain' },
      { rawText: drama, title: '对照稿' },
    ];
    for (const more of others) await Task.cancel(t.ctx, { id: (await parse(id, more)).taskId });
    expect(await scripts()).toHaveLength(4);
    for (const script of await scripts()) await Script.remove(t.ctx, { id: script });
    const started = await Task.get(t.ctx, { id: (await parse(id)).taskId });
    expect(await scripts()).toEqual([started.scriptId]);
    expect(started.scriptId).not.toBe(task.scriptId);
  });

  test('of a text whose work was cancelled or failed begins again on the same script', async () => {
    const id = await aProject();
    const { taskId } = await parse(id);
    await Task.cancel(t.ctx, { id: taskId });
    const again = await parse(id);
    const failed = await run(t.ctx, again.taskId, (step) => {
      if (step === 'resolve') throw new Error('no space');
    });
    const last = await run(t.ctx, (await parse(id)).taskId);
    const { scriptId } = await Task.get(t.ctx, { id: taskId });
    expect([failed.status, failed.scriptId, last.status, last.scriptId]).toEqual([
      'failed',
      scriptId,
      'completed',
      scriptId,
    ]);
    expect((await Episode.list(t.ctx, { projectId: id })).items).toHaveLength(2);
  });

  test.each([
    [{}, 'INVALID_REQUEST'],
    [{ rawText: drama, scriptId: 'scr_x' }, 'INVALID_REQUEST'],
    [{ rawText: '' }, 'INVALID_REQUEST'],
    [{ rawText: drama, provider: 'nobody' }, 'PROVIDER_UNKNOWN'],
    [{ scriptId: 'scr_nothing' }, 'NOT_FOUND'],
  ])('%o is refused: %s', async (asked, code) => {
    await expect(parse(await aProject(), asked)).rejects.toMatchObject({ code });
  });

  test('a script of another project is not found', async () => {
    await expect(parse(await aProject(), { scriptId: script })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('extracting one episode', () => {
  test('a finished one asks for rerun; with it the episode is ANALYZING at once', async () => {
    await expect(Task.extractAssets(t.ctx, { id: episode })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    const { taskId } = await Task.extractAssets(t.ctx, { id: episode, rerun: true });
    expect(await Episode.get(t.ctx, { id: episode })).toMatchObject({ status: 'ANALYZING' });
    expect(await run(t.ctx, taskId)).toMatchObject({ type: 'asset_extract', status: 'completed' });
    expect(await Episode.get(t.ctx, { id: episode })).toMatchObject({ status: 'COMPLETED' });
  });

  test('tells what it did: of that episode, and no shots', async () => {
    const { taskId } = await Task.extractAssets(t.ctx, { id: episode, rerun: true });
    const ended = await run(t.ctx, taskId);
    const [one] = (await Episode.list(t.ctx, { projectId: project })).items;
    const { items } = await Asset.list(t.ctx, { projectId: project, size: 100 });
    const there = items.filter(({ episodes }) => episodes.includes(1));
    expect(there.length).toBeLessThan(items.length);
    expect(ended.result).toMatchObject({ episodes: 1, scenes: one?.scenes, assets: there.length });
    expect(ended.result).not.toHaveProperty('shots');
    expect(ended.message).toBe(`Done: ${there.length} assets; 1 steps came from the cache`);
    expect((await Task.get({ ...t.ctx, locale: 'zh-CN' }, { id: taskId })).message).not.toContain('镜头');
  });

  test('that does not start leaves the episode as it was', async () => {
    const { taskId } = await parse(project, { scriptId: script, rerun: true });
    await expect(Task.extractAssets(t.ctx, { id: episode, rerun: true })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
    });
    expect(await Episode.get(t.ctx, { id: episode })).toMatchObject({ status: 'COMPLETED' });
    await run(t.ctx, taskId);
  });

  test('is not found under a made-up id', async () => {
    for (const id of ['epi_x', 'x', `${episode}9`])
      await expect(Task.extractAssets(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('generating shots', () => {
  const generate = (more: object = {}) =>
    Task.generateShots(t.ctx, { projectId: project, episodeId: episode, rerun: true, ...more });

  test('of one episode or of one scene runs the storyboard alone', async () => {
    const { sceneList } = await Episode.elements(t.ctx, { id: episode });
    for (const more of [{}, { sceneId: sceneList[0]?.id ?? '' }]) {
      const { taskId } = await generate(more);
      expect(await run(t.ctx, taskId)).toMatchObject({ type: 'shot_generate', status: 'completed', failed: [] });
    }
  });

  test('tells the shots of what was asked for: of the episode, of the scene', async () => {
    const { sceneList } = await Episode.elements(t.ctx, { id: episode });
    const { id } = await Shot.ofEpisode(t.ctx, { id: episode });
    const scene = sceneList[0]?.id ?? '';
    const shots = (await Shot.shots(t.ctx, { id, size: 100 })).items;
    const inScene = shots.filter(({ sceneId }) => sceneId === scene);
    expect(inScene.length).toBeLessThan(shots.length);
    const whole = await run(t.ctx, (await generate()).taskId);
    expect(whole.result).toMatchObject({ episodes: 1, scenes: sceneList.length, shots: shots.length });
    const part = await run(t.ctx, (await generate({ sceneId: scene })).taskId);
    expect(part.result).toMatchObject({ episodes: 1, scenes: 1, shots: inScene.length });
  });

  test('of an episode whose assets are not extracted is refused', async () => {
    const broken = await aBreakdown(t.ctx, '只有一集', drama, (step, episode) => {
      if (step === 'extract' && episode === 2) throw new Error('out of memory');
    });
    const { items } = await Episode.list(t.ctx, { projectId: broken.project });
    const asked = { projectId: broken.project, episodeId: items[1]?.id ?? '' };
    await expect(Task.generateShots(t.ctx, asked)).rejects.toMatchObject({
      code: 'ASSETS_MISSING',
      details: { status: 'FAILED' },
    });
  });

  test('a finished one asks for rerun; scenes and projects that do not fit are not found', async () => {
    await expect(generate({ rerun: false })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await expect(generate({ sceneId: 'sce_x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(generate({ projectId: await aProject() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('watching', () => {
  test('the list is newest first, of the tenant or of a project, by status', async () => {
    const { items } = await Task.list(t.as('viewer'), { projectId: project, status: 'completed', size: 100 });
    expect(items.map(({ id }) => id)).toContain(done);
    expect(items.every(({ status }) => status === 'completed')).toBe(true);
    const times = items.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const all = await Task.list(t.ctx, { size: 100 });
    expect(all.items.length).toBeGreaterThan(items.length);
  });

  test('a page by status is full though others lie between', async () => {
    const lone = await aTenant();
    for (let at = 0; at < 6; at++) {
      const { id } = await Project.create(lone.ctx, { title: `剧 ${at}` });
      const { taskId } = await Task.parseScript(lone.ctx, { projectId: id, rawText: drama });
      if (at % 2 === 0) await Task.cancel(lone.ctx, { id: taskId });
    }
    const page = await Task.list(lone.ctx, { status: 'cancelled', size: 3 });
    expect(page.items).toHaveLength(3);
    await lone.stop();
  });
});

test('is told in the language of the reader, with the reason of a failure', async () => {
  const id = await aProject();
  const { taskId } = await parse(id, { rawText: ' \n ' });
  const english = await run(t.ctx, taskId);
  const chinese = await Task.get({ ...t.ctx, locale: 'zh-CN' }, { id: taskId });
  expect([english.errorCode, chinese.errorCode]).toEqual(['EMPTY_FILE', 'EMPTY_FILE']);
  expect(english.errorMessage).toMatch(/^The file is empty/);
  expect(chinese.errorMessage).toMatch(/^文件是空的/);
  expect([english.message, chinese.message]).toEqual([english.errorMessage, chinese.errorMessage]);
});

test('a tenant runs so many at once; an end makes room', async () => {
  const busy = await aTenant();
  const begin = async (at: number) => {
    const { id } = await Project.create(busy.ctx, { title: `剧 ${at}` });
    return (await Task.parseScript(busy.ctx, { projectId: id, rawText: drama })).taskId;
  };
  const tasks: string[] = [];
  for (let at = 0; at < 20; at++) tasks.push(await begin(at));
  await expect(begin(20)).rejects.toMatchObject({ code: 'TOO_MANY_TASKS', details: { limit: 20 } });
  await Task.cancel(busy.ctx, { id: tasks[0] ?? '' });
  await begin(21);
  await expect(Task.retry(busy.ctx, { id: tasks[0] ?? '' })).rejects.toMatchObject({ code: 'TOO_MANY_TASKS' });
  await run(busy.ctx, tasks[1] ?? '');
  await Task.retry(busy.ctx, { id: tasks[0] ?? '' });
  await busy.stop();
});

describe('cancelling and retrying', () => {
  test('a cancelled task has ended, frees the project and can be retried', async () => {
    const id = await aProject();
    const { taskId } = await parse(id);
    const cancelled = await Task.cancel(ticking(t.ctx), { id: taskId });
    expect(cancelled).toMatchObject({ status: 'cancelled' });
    expect(await Task.get(t.ctx, { id: taskId })).toEqual(cancelled);
    await expect(Task.cancel(t.ctx, { id: taskId })).rejects.toMatchObject({ code: 'TASK_FINISHED' });
    expect(await Task.retry(t.ctx, { id: taskId })).toMatchObject({ taskId, status: 'pending' });
    expect(await Task.get(t.ctx, { id: taskId })).toMatchObject({ attempt: 2, errorCode: null });
    await expect(Task.retry(t.ctx, { id: taskId })).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'completed' });
  });

  test('a task that is retried shows nothing of what came of the attempt before', async () => {
    const { task } = await aBreakdown(t.ctx, '两次', drama, (step, number) => {
      if (step === 'extract' && number === 2) throw new Error('out of memory');
    });
    expect(task).toMatchObject({ status: 'partial', result: { snapshotId: expect.any(String) } });
    await Task.retry(t.ctx, { id: task.id });
    expect(await Task.get(t.ctx, { id: task.id })).toMatchObject({ status: 'pending', result: null });
    const failed = await run(t.ctx, task.id, (step) => {
      if (step === 'resolve') throw new Error('no space');
    });
    expect(failed).toMatchObject({ status: 'failed', attempt: 2, result: null });
  });

  test('a task in full swing is cancelled though its steps write the same row', async () => {
    const { taskId } = await parse(await aProject());
    const steps = Array.from({ length: 20 }, (_, n) =>
      finishStep(t.ctx, { task: taskId, attempt: 1 }, { name: `extract:${n}`, cached: false }, { word: 'extracted' }),
    );
    expect(await Task.cancel(t.ctx, { id: taskId })).toMatchObject({ status: 'cancelled' });
    await Promise.all(steps);
    expect(await Task.get(t.ctx, { id: taskId })).toMatchObject({ status: 'cancelled' });
  });

  test('a completed task has nothing to retry', async () => {
    await expect(Task.retry(t.ctx, { id: done })).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
  });

  test('a breakdown whose script was deleted is not gone on with, until the script is restored', async () => {
    const id = await aProject();
    const { taskId } = await parse(id);
    await Task.cancel(t.ctx, { id: taskId });
    const { scriptId } = await Task.get(t.ctx, { id: taskId });
    await Script.remove(t.ctx, { id: scriptId });
    await expect(Task.retry(t.ctx, { id: taskId })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: { en: expect.stringContaining('restore the script') } },
    });
    expect(await Task.get(t.ctx, { id: taskId })).toMatchObject({ status: 'cancelled', attempt: 1 });
    await Script.restore(t.ctx, { id: scriptId });
    await Task.retry(t.ctx, { id: taskId });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'completed', scriptId });
  });

  test('an episode that stays when its script is deleted is worked on all the same', async () => {
    const { project: id, task } = await aBreakdown(t.ctx, '留集', drama);
    await Script.remove(t.ctx, { id: task.scriptId });
    const { items } = await Episode.list(t.ctx, { projectId: id });
    const { taskId } = await Task.extractAssets(t.ctx, { id: items[0]?.id ?? '', rerun: true });
    await Task.cancel(t.ctx, { id: taskId });
    await Task.retry(t.ctx, { id: taskId });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'completed' });
  });

  test('a retry waits while other work runs on the project', async () => {
    const id = await aProject();
    const { taskId } = await parse(id);
    await Task.cancel(t.ctx, { id: taskId });
    const other = await parse(id);
    await expect(Task.retry(t.ctx, { id: taskId })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      details: { task_id: other.taskId },
    });
  });
});

describe('others', () => {
  test('viewers start and stop nothing', async () => {
    const viewer = t.as('viewer');
    const attempts = [
      Task.parseScript(viewer, { projectId: project, rawText: drama }),
      Task.extractAssets(viewer, { id: episode, rerun: true }),
      Task.generateShots(viewer, { projectId: project, episodeId: episode, rerun: true }),
      Task.cancel(viewer, { id: done }),
      Task.retry(viewer, { id: done }),
    ];
    await allRefused(attempts, { code: 'FORBIDDEN' });
  });

  test('another tenant finds nothing, under any verb', async () => {
    const attempts = [
      Task.parseScript(t.other, { projectId: project, rawText: drama }),
      Task.extractAssets(t.other, { id: episode, rerun: true }),
      Task.generateShots(t.other, { projectId: project, episodeId: episode, rerun: true }),
      Task.get(t.other, { id: done }),
      Task.list(t.other, { projectId: project }),
      Task.cancel(t.other, { id: done }),
      Task.retry(t.other, { id: done }),
    ];
    await allRefused(attempts, { code: 'NOT_FOUND', details: {} });
    expect((await Task.list(t.other, {})).items).toEqual([]);
  });
});
