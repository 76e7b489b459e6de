// A step that asks models stops when nobody wants the answer any more.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { watch } from '../../../core/pipeline/wanted.ts';
import * as Project from '../../../core/project/index.ts';
import * as Task from '../../../core/task/index.ts';
import { aStage, type Stage } from '../../ai/stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

let projects = 0;
async function aTask(more: object): Promise<string> {
  const { id } = await Project.create(s.ctx, { title: `剧 ${++projects}` });
  return (await Task.parseScript(s.ctx, { projectId: id, rawText: '1-1 日 内 屋\n甲：走。', ...more })).taskId;
}

function watched(task: string, attempt = 1) {
  const stop = new AbortController();
  return { stop, end: watch(s.ctx, { task, attempt }, stop) };
}

test('a task that is cancelled is stopped with that reason', async () => {
  const task = await aTask({ provider: 'auto' });
  const { stop, end } = watched(task);
  await Task.cancel(s.ctx, { id: task });
  await vi.waitFor(() => expect(stop.signal.aborted).toBe(true), 20_000);
  expect(stop.signal.reason).toMatchObject({ code: 'TASK_CANCELLED' });
  end();
});

test('so is one that goes on in another attempt, and not one that is wanted', async () => {
  const task = await aTask({ provider: 'auto' });
  const [former, wanted] = [watched(task, 0), watched(task)];
  await vi.waitFor(() => expect(former.stop.signal.aborted).toBe(true), 20_000);
  expect(wanted.stop.signal.aborted).toBe(false);
  for (const { end } of [former, wanted]) end();
});
