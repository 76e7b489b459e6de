// What work leaves behind when it ends early: cancelled, out of time, its project deleted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Episode from '../../../core/episode/index.ts';
import { fail } from '../../../core/pipeline/fail.ts';
import { read } from '../../../core/pipeline/read.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { beforeWrite } from '../../kit/lagging.ts';
import { Production } from '../../kit/revised.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const episodesOf = async (projectId: string) => (await Episode.list(t.ctx, { projectId, size: 100 })).items;

describe('an end before the end', () => {
  const states = async (project: string) =>
    (await episodesOf(project)).map(({ status, errorCode }) => [status, errorCode]);

  test('cancelled while episodes are analysed: those that were not reached wait again', async () => {
    const project = await Project.create(t.ctx, { title: '分析中取消' });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
    await run(t.ctx, taskId, async (step, episode) => {
      if (step === 'extract' && episode === 2) await Task.cancel(t.ctx, { id: taskId });
    });
    expect(await states(project.id)).toEqual([
      ['COMPLETED', null],
      ['PENDING', null],
    ]);
  });

  test('out of time: they wait again, and the task says why', async () => {
    const project = await Project.create(t.ctx, { title: '超时' });
    const { taskId: task } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
    await read(t.ctx, { task, attempt: 1 });
    expect(await states(project.id)).toEqual([
      ['ANALYZING', null],
      ['ANALYZING', null],
    ]);
    await fail(t.ctx, { task, attempt: 1, error: { Error: 'States.Timeout' } });
    expect(await states(project.id)).toEqual([
      ['PENDING', null],
      ['PENDING', null],
    ]);
    expect(await Task.get(t.ctx, { id: task })).toMatchObject({ status: 'failed', errorCode: 'TASK_TIMED_OUT' });
  });

  test('with other work begun meanwhile: its episodes are left to it', async () => {
    const project = await Project.create(t.ctx, { title: '接着来' });
    const { taskId: task } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
    await read(t.ctx, { task, attempt: 1 });
    await Task.cancel(t.ctx, { id: task });
    const [first] = await episodesOf(project.id);
    const other = await Task.extractAssets(t.ctx, { id: first?.id ?? '' });
    await fail(t.ctx, { task, attempt: 1, error: { Error: 'ExecutionABORTED' } });
    expect((await states(project.id))[0]).toEqual(['ANALYZING', null]);
    await run(t.ctx, other.taskId);
    expect(await states(project.id)).toEqual([
      ['COMPLETED', null],
      ['PENDING', null],
    ]);
  });
});

describe('an end of work that is done again', () => {
  const states = async (project: string) =>
    (await episodesOf(project)).map(({ status, storyboardStatus }) => [status, storyboardStatus]);
  const finished = ['COMPLETED', 'COMPLETED'];

  test.each([
    ['cancelled', (id: string) => Task.cancel(t.ctx, { id })],
    ['out of time', (task: string) => fail(t.ctx, { task, attempt: 1, error: { Error: 'States.Timeout' } })],
  ])('%s: episodes that were finished still are, and a scene of them can be made again', async (why, stop) => {
    const { project, task } = await aBreakdown(t.ctx, `再来一遍 ${why}`, drama);
    const again = await Task.parseScript(t.ctx, { projectId: project, scriptId: task.scriptId, rerun: true });
    await run(t.ctx, again.taskId, async (step, episode) => {
      if (step === 'extract' && episode === 1) await stop(again.taskId);
    });
    expect(await states(project)).toEqual([finished, finished]);
    const [episode] = await episodesOf(project);
    const { sceneList } = await Episode.elements(t.ctx, { id: episode?.id ?? '' });
    const asked = { projectId: project, episodeId: episode?.id ?? '', sceneId: sceneList[0]?.id ?? '', rerun: true };
    const { taskId } = await Task.generateShots(t.ctx, asked);
    expect((await run(t.ctx, taskId)).status).toBe('completed');
  });
});

describe('an end of work on a new revision, before there is a storyboard of it', () => {
  /** A line more in each episode. */
  const revised = drama
    .replace('三年前就绝版了。', '三年前就绝版了。\n林晚：真的没有了。')
    .replace('把碎片放下！', '把碎片放下！\n秦姨：你听见没有？');
  const lines = async (p: Production) =>
    Promise.all([1, 2].map(async (number) => [(await p.board(number)).coverage, await p.coverage(number)] as const));

  /** What the episodes and the storyboards say is of the new text, and work can start on both. */
  async function isBehind(p: Production): Promise<void> {
    const states = (await p.episodes()).map((row) => [row.revision, row.storyboardStatus]);
    expect(states).toEqual([
      [2, 'PENDING'],
      [2, 'PENDING'],
    ]);
    for (const [told, { complete, dialogue, issues }] of await lines(p)) {
      expect([complete, dialogue.missing]).toEqual([false, 1]);
      expect(told).toMatchObject({
        complete,
        dialogueTotal: dialogue.total,
        dialogueOnce: dialogue.once,
        issues: issues.length,
      });
    }
  }

  async function isCaughtUp(p: Production): Promise<void> {
    const { taskId } = await Task.parseScript(t.ctx, { projectId: p.project, scriptId: p.script });
    expect((await run(t.ctx, taskId)).status).toBe('completed');
    for (const [told, { complete }] of await lines(p)) expect([told.complete, complete]).toEqual([true, true]);
  }

  test('cancelled behind extraction: the storyboard is not of this revision, and can be made', async () => {
    const p = await Production.of(t.ctx, '修订后取消', drama);
    await p.upload(revised);
    const { taskId } = await Task.parseScript(t.ctx, { projectId: p.project, scriptId: p.script });
    const { status } = await run(t.ctx, taskId, async (step) => {
      if (step === 'resolve') await Task.cancel(t.ctx, { id: taskId });
    });
    expect(status).toBe('cancelled');
    await isBehind(p);
    const [episode] = await p.episodes();
    const shots = await Task.generateShots(t.ctx, { projectId: p.project, episodeId: episode?.id ?? '' });
    expect((await run(t.ctx, shots.taskId)).status).toBe('completed');
    expect((await p.board(1)).coverage.complete).toBe(true);
    await isCaughtUp(p);
  });

  test('failed at resolution: the same', async () => {
    const p = await Production.of(t.ctx, '修订后失败', drama);
    await p.upload(revised);
    const { status } = await p.rerun((step) => {
      if (step === 'resolve') throw new Error('no space');
    });
    expect(status).toBe('failed');
    await isBehind(p);
    await isCaughtUp(p);
  });

  test('one episode that could not be extracted: its storyboard tells what it lacks', async () => {
    const p = await Production.of(t.ctx, '修订后一集失败', drama);
    await p.upload(revised);
    const { status } = await p.rerun((step, episode) => {
      if (step === 'extract' && episode === 2) throw new Error('out of memory');
    });
    expect(status).toBe('partial');
    expect((await p.episodes()).map((row) => [row.status, row.storyboardStatus])).toEqual([
      ['COMPLETED', 'COMPLETED'],
      ['FAILED', 'PENDING'],
    ]);
    const [, [told, coverage]] = (await lines(p)) as [unknown, Awaited<ReturnType<typeof lines>>[0]];
    expect(told).toMatchObject({ complete: false, dialogueTotal: coverage.dialogue.total });
    await isCaughtUp(p);
  });

  test('broken off while storyboards were counted anew: the next attempt counts them', async () => {
    const p = await Production.of(t.ctx, '数到一半', drama);
    await p.upload(revised);
    const { taskId: task } = await Task.parseScript(t.ctx, { projectId: p.project, scriptId: p.script });
    const isOfRevision2 = async () => (await p.episodes()).every(({ revision }) => revision === 2);
    const breaking = beforeWrite(t.ctx, async () => {
      if (await isOfRevision2()) throw new Error('the connection broke');
    });
    await expect(read(breaking, { task, attempt: 1 })).rejects.toThrow('the connection broke');
    expect((await p.board(1)).coverage.complete).toBe(true);
    await run(t.ctx, task, async (step) => {
      if (step === 'resolve') await Task.cancel(t.ctx, { id: task });
    });
    await isBehind(p);
  });
});

test('on a deleted project no work starts, nor starts again', async () => {
  const project = await Project.create(t.ctx, { title: '删了' });
  const { taskId } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
  const { scriptId } = await run(t.ctx, taskId, (step) => {
    if (step === 'finish') throw new Error('killed');
  });
  const [episode] = await episodesOf(project.id);
  await Project.remove(t.ctx, { id: project.id });
  const gone = { code: 'NOT_FOUND' };
  await expect(Task.retry(t.ctx, { id: taskId })).rejects.toMatchObject(gone);
  await expect(Task.extractAssets(t.ctx, { id: episode?.id ?? '', rerun: true })).rejects.toMatchObject(gone);
  await expect(Script.revise(t.ctx, { id: scriptId, rawText: drama })).rejects.toMatchObject(gone);
});

test('a refusal keeps what its sentence tells: which format it was', async () => {
  const project = await Project.create(t.ctx, { title: '富文本' });
  const { taskId } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: '{\\rtf1\\ansi 第1集}' });
  const { errorCode, errorMessage } = await run(t.ctx, taskId);
  expect([errorCode, errorMessage]).toEqual(['UNSUPPORTED_FILE_TYPE', expect.stringContaining('rtf')]);
});

test('a script of headings alone has nothing to break down', async () => {
  const project = await Project.create(t.ctx, { title: '只有集标题' });
  const { taskId } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: '第1集\n\n第2集\n' });
  expect(await run(t.ctx, taskId)).toMatchObject({ status: 'failed', errorCode: 'NOTHING_TO_READ' });
});
