// What work leaves behind when it ends early: cancelled, out of time, its project deleted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Episode from '../../../core/episode/index.ts';
import { fail } from '../../../core/pipeline/fail.ts';
import { read } from '../../../core/pipeline/read.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { run } from '../../kit/run.ts';
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
