// What a task has used: its rows, and how much of its cap is left.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { object } from '../../../core/ai/object.ts';
import * as Project from '../../../core/project/index.ts';
import * as Task from '../../../core/task/index.ts';
import { aCall, answered, aStage, type Stage, usageOf } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';

let s: Stage;
let id: string;
beforeAll(async () => {
  s = await aStage();
  const project = await Project.create(s.ctx, { title: '锦灯记' });
  ({ taskId: id } = await Task.parseScript(s.ctx, { projectId: project.id, rawText: drama, cap: 5_000_000 }));
  s.scripted.say(answered);
  for (let at = 0; at < 3; at++) await object(s.ctx, aCall(id, { episode: at + 1 }));
});
afterAll(() => s.t.stop());

test('is told with what was spent of the cap, the newest exchange first', async () => {
  const spent = (await usageOf(s.ctx, id)).reduce((all, row) => all + row.spent, 0);
  const first = await Task.usage(s.t.as('viewer'), { id, size: 2 });
  expect(first.items.map(({ episode, outcome }) => [episode, outcome])).toEqual([[3, 'answered'], [2, 'answered']]); // biome-ignore format: one thought
  expect(first.budget).toEqual({ cap: 5_000_000, spent, held: 0 });
  expect(spent).toBeGreaterThan(0);
  const next = await Task.usage(s.ctx, { id, size: 2, cursor: first.nextCursor ?? '' });
  expect(next).toMatchObject({ items: [{ episode: 1 }], nextCursor: null });
});

test('of the built-in engine is nothing', async () => {
  const project = await Project.create(s.ctx, { title: '无模型' });
  const { taskId } = await Task.parseScript(s.ctx, { projectId: project.id, rawText: drama, provider: 'builtin' });
  expect(await Task.usage(s.ctx, { id: taskId })).toMatchObject({ items: [], budget: null });
});

test('is not found by another tenant', async () => {
  await expect(Task.usage(s.t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
