// The breakdown, step by step: whole, repeated, broken in places, cancelled.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import { fail } from '../../../core/pipeline/fail.ts';
import { read } from '../../../core/pipeline/read.ts';
import { commit } from '../../../core/platform/commit.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import * as Socket from '../../../core/socket/index.ts';
import * as Task from '../../../core/task/index.ts';
import { load, saving } from '../../../core/task/store.ts';
import { drama } from '../../kit/drama.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const episodesOf = async (projectId: string) => (await Episode.list(t.ctx, { projectId, size: 100 })).items;
const boardOf = async (projectId: string, at = 0) => {
  const episode = (await episodesOf(projectId))[at];
  return Shot.ofEpisode(t.ctx, { id: episode?.id ?? '' });
};
const shotsOf = async (id: string) => (await Shot.shots(t.ctx, { id, size: 100 })).items;
const again = async (projectId: string, scriptId: string) =>
  (await Task.parseScript(t.ctx, { projectId, scriptId, rerun: true })).taskId;

describe('a whole breakdown', () => {
  let project: string;
  let done: Awaited<ReturnType<typeof aBreakdown>>['task'];
  beforeAll(async () => {
    ({ project, task: done } = await aBreakdown(t.ctx, '雨巷', drama));
  });

  test('ends completed, with what came of it', async () => {
    expect(done).toMatchObject({ status: 'completed', progress: 100, failed: [], errorCode: null });
    const { items } = await Asset.list(t.ctx, { projectId: project, size: 100 });
    expect(done.result).toMatchObject({ episodes: 2, scenes: 4, assets: items.length });
  });

  test('covers every line of dialogue by exactly one shot', async () => {
    for (const at of [0, 1]) {
      const { id } = await boardOf(project, at);
      const { complete, dialogue, issues } = await Shot.coverage(t.ctx, { id });
      expect([complete, dialogue.once, issues]).toEqual([true, dialogue.total, []]);
    }
  });

  test('tells its progress in order, with a message each time', async () => {
    const events = (await Socket.eventsAfter(t.ctx, done.id, 0)).map(
      ({ task }) => task as { seq: number; progress: number; message: string },
    );
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(events.map(({ progress }) => progress)).toEqual(
      events.map(({ progress }) => progress).sort((a, b) => a - b),
    );
    expect(events.at(-1)?.progress).toBe(100);
    for (const { message } of events) expect(message).not.toBe('');
  });

  test('done again comes from the cache and changes no shot', async () => {
    const before = await shotsOf((await boardOf(project)).id);
    const task = await run(t.ctx, await again(project, done.scriptId));
    expect(task.result?.cached).toEqual({ extract: 2, storyboard: 2 });
    expect((await shotsOf((await boardOf(project)).id)).map(({ id, version }) => [id, version])).toEqual(
      before.map(({ id, version }) => [id, version]),
    );
  });

  test('done again keeps locked and edited shots', async () => {
    const { id } = await boardOf(project);
    const [first, second] = await shotsOf(id);
    if (!first || !second) throw new Error('no shots');
    await Shot.update(t.ctx, { id: first.id, version: first.version, content: { title: '我改过的' } });
    await Shot.lock(t.ctx, { id: second.id, locked: true });
    await run(t.ctx, await again(project, done.scriptId));
    const after = await shotsOf(id);
    expect(after[0]).toMatchObject({ id: first.id, title: '我改过的', edited: true });
    expect(after[1]).toMatchObject({ id: second.id, locked: true });
  });

  test('a new revision extracts only what changed', async () => {
    const text = drama.replace('把碎片放下！', '把碎片放回去！');
    await Script.revise(t.ctx, { id: done.scriptId, rawText: text });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: project, scriptId: done.scriptId });
    const task = await run(t.ctx, taskId);
    expect(task).toMatchObject({ status: 'completed', result: { cached: { extract: 1, storyboard: 1 } } });
    const { elements } = await Episode.elements(t.ctx, { id: (await episodesOf(project))[1]?.id ?? '' });
    expect(JSON.stringify(elements)).not.toContain('把碎片放下');
    expect((await Shot.coverage(t.ctx, { id: (await boardOf(project, 1)).id })).complete).toBe(true);
  });
});

describe('a step that fails', () => {
  test('in one episode leaves the others; the retry does the failed part alone', async () => {
    const { project, task } = await aBreakdown(t.ctx, '一集失败', drama, (step, episode) => {
      if (step === 'extract' && episode === 2) throw new Error('out of memory');
    });
    expect(task).toMatchObject({ status: 'partial', failed: [{ episode: 2, step: 'extract', code: 'TASK_FAILED' }] });
    expect((await episodesOf(project)).map(({ status, storyboardStatus }) => [status, storyboardStatus])).toEqual([
      ['COMPLETED', 'COMPLETED'],
      ['FAILED', 'PENDING'],
    ]);
    await Task.retry(t.ctx, { id: task.id });
    const retried = await run(t.ctx, task.id);
    expect(retried).toMatchObject({ status: 'completed', attempt: 2, failed: [] });
    expect(retried.result?.cached).toMatchObject({ extract: 1 });
    expect((await episodesOf(project)).map(({ storyboardStatus }) => storyboardStatus)).toEqual([
      'COMPLETED',
      'COMPLETED',
    ]);
  });

  test('for the whole fails the task in words and leaves the project free', async () => {
    const { project, task } = await aBreakdown(t.ctx, '全部失败', drama, (step) => {
      if (step === 'resolve') throw new Error('no space');
    });
    expect(task).toMatchObject({ status: 'failed', errorCode: 'TASK_FAILED' });
    expect(task.errorMessage).toMatch(/retry/);
    const { taskId } = await Task.parseScript(t.ctx, { projectId: project, scriptId: task.scriptId, rerun: true });
    expect((await run(t.ctx, taskId)).status).toBe('completed');
  });

  test.each(['read', 'extract', 'resolve', 'snapshot', 'storyboard', 'finish'] as const)(
    'or dies at %s goes on in the next attempt: same result, nothing twice',
    async (dying) => {
      const whole = await aBreakdown(t.ctx, `对照 ${dying}`, drama);
      const broken = await aBreakdown(t.ctx, `中断 ${dying}`, drama, (step, episode) => {
        if (step === dying && episode !== 1) throw new Error('killed');
      });
      expect(['failed', 'partial']).toContain(broken.task.status);
      await Task.retry(t.ctx, { id: broken.task.id });
      const task = await run(t.ctx, broken.task.id);
      expect(task.status).toBe('completed');
      const { cached: _a, snapshotId: _b, ...result } = task.result ?? {};
      const { cached: _c, snapshotId: _d, ...expected } = whole.task.result ?? {};
      expect(result).toEqual(expected);
      const titles = async (project: string) =>
        (await shotsOf((await boardOf(project, 1)).id)).map(({ title, elementIds }) => [title, elementIds.length]);
      expect(await titles(broken.project)).toEqual(await titles(whole.project));
    },
  );
});

describe('cancelling', () => {
  test('stops before the next step and keeps what is done', async () => {
    const project = await Project.create(t.ctx, { title: '取消' });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
    const task = await run(t.ctx, taskId, async (step) => {
      if (step === 'resolve') await Task.cancel(t.ctx, { id: taskId });
    });
    expect(task).toMatchObject({ status: 'cancelled', errorCode: 'TASK_CANCELLED' });
    expect((await episodesOf(project.id)).map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
    await Task.retry(t.ctx, { id: taskId });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'completed', result: { cached: { extract: 2 } } });
  });
});

describe('a newer revision', () => {
  const revisions = async (id: string) => (await episodesOf(id)).map(({ revision }) => revision);
  let project: string;
  let first: Awaited<ReturnType<typeof aBreakdown>>['task'];
  beforeAll(async () => {
    ({ project, task: first } = await aBreakdown(t.ctx, '两个版本', drama, (step, episode) => {
      if (step === 'extract' && episode === 2) throw new Error('out of memory');
    }));
    const [one] = drama.split(/(?=第2集)/);
    await Script.revise(t.ctx, { id: first.scriptId, rawText: `${one}`.replace('碎片', '瓷片') });
    await run(t.ctx, await again(project, first.scriptId));
  });

  test('is not put back by a retry of work on the older one', async () => {
    expect(await revisions(project)).toEqual([2, 1]);
    await expect(Task.retry(t.ctx, { id: first.id })).rejects.toMatchObject({ code: 'REVISION_OVERTAKEN' });
    expect(await revisions(project)).toEqual([2, 1]);
  });

  test('has no more work done on an episode that it left out', async () => {
    const [, left] = await episodesOf(project);
    expect(left).toMatchObject({ number: 2, revision: 1, removedIn: 2 });
    const [id, refused] = [left?.id ?? '', { code: 'EPISODE_REMOVED' }];
    await expect(Task.extractAssets(t.ctx, { id, rerun: true })).rejects.toMatchObject(refused);
    const shots = { projectId: project, episodeId: id, rerun: true };
    await expect(Task.generateShots(t.ctx, shots)).rejects.toMatchObject(refused);
    expect(await revisions(project)).toEqual([2, 1]);
  });

  test('ends work on the older one that had begun before', async () => {
    const { taskId } = await Task.extractAssets(t.ctx, { id: (await episodesOf(project))[0]?.id ?? '', rerun: true });
    const row = await load(t.ctx, taskId);
    await commit(t.ctx, { rows: [saving(t.ctx, row, { revision: 1 })] });
    expect(await run(t.ctx, taskId)).toMatchObject({ status: 'failed', errorCode: 'REVISION_OVERTAKEN' });
    expect(await revisions(project)).toEqual([2, 1]);
  });
});

describe('an episode at work', () => {
  test('is let go when the work is cancelled or lost, and not while other work is at it', async () => {
    const { project, task } = await aBreakdown(t.ctx, '放手', drama);
    const [episode] = await episodesOf(project);
    const statuses = async () => (await episodesOf(project)).map(({ status }) => status);
    const { taskId } = await Task.extractAssets(t.ctx, { id: episode?.id ?? '', rerun: true });
    await Task.cancel(t.ctx, { id: taskId });
    expect(await statuses()).toEqual(['ANALYZING', 'COMPLETED']);
    const lost = { error: { Error: 'ExecutionABORTED' } };
    await Task.parseScript(t.ctx, { projectId: project, scriptId: task.scriptId, rerun: true });
    await fail(t.ctx, { task: taskId, attempt: 1, ...lost });
    expect(await statuses()).toEqual(['ANALYZING', 'COMPLETED']);
    const [other] = (await Task.list(t.ctx, { projectId: project, status: 'pending' })).items;
    await fail(t.ctx, { task: other?.id ?? '', attempt: 1, ...lost });
    expect(await statuses()).toEqual(['COMPLETED', 'COMPLETED']);
  });
});

describe('a former attempt', () => {
  test('is not heard any more: neither its steps nor its end touch the one that goes on', async () => {
    const project = await Project.create(t.ctx, { title: '旧的一次' });
    const { taskId: task } = await Task.parseScript(t.ctx, { projectId: project.id, rawText: drama });
    await Task.cancel(t.ctx, { id: task });
    await Task.retry(t.ctx, { id: task });
    const before = await Task.get(t.ctx, { id: task });
    await expect(read(t.ctx, { task, attempt: 1 })).rejects.toMatchObject({ code: 'TASK_CANCELLED' });
    await fail(t.ctx, { task, attempt: 1, error: { Error: 'ExecutionABORTED' } });
    expect(await Task.get(t.ctx, { id: task })).toEqual(before);
    expect(await run(t.ctx, task)).toMatchObject({ status: 'completed', attempt: 2 });
  });
});

test('the same bytes under another name do not take the place of what was read from the first', async () => {
  const { id: projectId } = await Project.create(t.ctx, { title: '一样的字节' });
  const rawText = 'INT. KITCHEN - DAY\n\nANNA\nThe kettle!\n\nBEN\nLeave it.\n';
  const readAs = async (fileName: string) => {
    const { taskId } = await Task.parseScript(t.ctx, { projectId, rawText, fileName });
    return (await run(t.ctx, taskId)).scriptId;
  };
  const formats = async (...ids: string[]) =>
    Promise.all(ids.map(async (id) => JSON.parse((await Script.document(t.ctx, { id })).body).format));
  const first = await readAs('kettle.txt');
  const second = await readAs('kettle.fountain');
  expect(await formats(first, second)).toEqual(['txt', 'fountain']);
});

describe('a script that cannot be read', () => {
  test.each([
    ['empty', '\n \n\n', 'EMPTY_FILE'],
    [
      'endless',
      Array.from({ length: 501 }, (_, n) => `第${n + 1}集\n${n + 1}-1 日 内 家\n甲：走。\n`).join('\n'),
      'TOO_MANY_EPISODES',
    ],
    ['noise', '\u0001\u0002\u0000\u0003\u0004'.repeat(40), 'BINARY_FILE'],
  ])('%s: the task and the revision say why', async (name, text, code) => {
    const { task } = await aBreakdown(t.ctx, `读不了 ${name}`, text);
    expect(task).toMatchObject({ status: 'failed', errorCode: code });
    expect(task.errorMessage).toMatch(/[.!]$/);
    const { newest } = await Script.get(t.ctx, { id: task.scriptId });
    expect(newest).toMatchObject({ status: 'failed', errorCode: code });
  });
});
