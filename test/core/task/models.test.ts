// What a task that works with models is started with: whose models, and how much they may cost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { budgetOf } from '../../../core/ai/budget.ts';
import { setPolicy } from '../../../core/ai/settings/policy.ts';
import { askingOf } from '../../../core/pipeline/asking.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { Failure } from '../../../core/platform/failure.ts';
import * as Project from '../../../core/project/index.ts';
import { finishStep } from '../../../core/task/advance.ts';
import { end } from '../../../core/task/end.ts';
import * as Task from '../../../core/task/index.ts';
import { load } from '../../../core/task/store.ts';
import { aStage, type Stage } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

let projects = 0;
async function started(more: object = {}, ctx: Ctx = s.ctx): Promise<string> {
  const { id } = await Project.create(ctx, { title: `剧 ${++projects}` });
  return (await Task.parseScript(ctx, { projectId: id, rawText: drama, ...more })).taskId;
}
const shown = async (more: object = {}, ctx: Ctx = s.ctx) => Task.get(ctx, { id: await started(more, ctx) });
const over = (id: string) => end(s.ctx, { task: id, attempt: 1 }, () => ({ status: 'completed' }));

describe('whose models', () => {
  test('who says nothing gets those of the policy where one is set up, and the built-in engine otherwise', async () => {
    expect(await shown()).toMatchObject({ provider: 'auto', models: [], cap: 20_000_000 });
    expect(await shown({}, s.t.other)).toMatchObject({ provider: 'builtin', models: [], cap: null });
  });

  test('a tenant whose policy leads to no key works without models', async () => {
    const ctx = s.as(s.t.other);
    await setPolicy(ctx, { version: 0, keys: 'own_only' });
    expect(await shown({}, ctx)).toMatchObject({ provider: 'builtin' });
    await expect(started({ provider: 'auto' }, ctx)).rejects.toMatchObject({ code: 'MODEL_NOT_CONFIGURED' });
  });

  test('the built-in engine can be named, whatever else is said', async () => {
    const more = { provider: 'builtin', modelConfig: { text_model: 'gpt-5', image_model: 'x' }, cap: 0 };
    const id = await started(more);
    expect(await Task.get(s.ctx, { id })).toMatchObject({ provider: 'builtin', models: [], cap: null });
    expect(await budgetOf(s.ctx, id)).toBeUndefined();
    expect(askingOf(s.ctx, await load(s.ctx, id))).toBeUndefined();
  });

  test('a provider is named with its model, or with the one that is usual', async () => {
    const named = { provider: 'openai', modelConfig: { text_model: 'mine-1' } };
    expect(await shown(named)).toMatchObject({ provider: 'openai', models: [{ provider: 'openai', model: 'mine-1' }] });
    const usual = { provider: 'deepseek', modelConfig: { text_model: '' } };
    expect(await shown(usual)).toMatchObject({ models: [{ provider: 'deepseek', model: 'deepseek-flash' }] });
    const first = await shown({ provider: 'anthropic' });
    expect(first.models).toEqual([{ provider: 'anthropic', model: expect.stringMatching(/^claude/) }]);
  });

  test.each([
    [{ provider: 'nobody' }, 'PROVIDER_UNKNOWN'],
    [{ provider: 'compatible', modelConfig: { text_model: 'mine-1' } }, 'MODEL_NOT_CONFIGURED'],
    [{ provider: 'compatible' }, 'INVALID_REQUEST'],
    [{ provider: 'auto', modelConfig: { text_model: 'mine-1' } }, 'INVALID_REQUEST'],
    [{ cap: 0 }, 'BUDGET_ZERO'],
    [{ cap: -1 }, 'INVALID_REQUEST'],
    [{ cap: 0.5 }, 'INVALID_REQUEST'],
  ])('%o is refused: %s, and nothing is started', async (more, code) => {
    const { id } = await Project.create(s.ctx, { title: `剧 ${++projects}` });
    const parse = Task.parseScript(s.ctx, { projectId: id, rawText: drama, ...more });
    await expect(parse).rejects.toMatchObject({ code });
    expect((await Task.list(s.ctx, { projectId: id })).items).toEqual([]);
  });
});

describe('what a step is told', () => {
  test('project, task, episode, the plan and the signal', async () => {
    const id = await started({ provider: 'openai', modelConfig: { text_model: 'mine-1' } });
    const row = await load(s.ctx, id);
    const { signal } = new AbortController();
    expect(askingOf({ ...s.ctx, signal } as Ctx, row, 3)).toEqual({
      project: row.project,
      task: id,
      episode: 3,
      models: [{ provider: 'openai', model: 'mine-1' }],
      signal,
    });
    expect(askingOf(s.ctx, await load(s.ctx, await started()))?.models).toBeUndefined();
  });
});

describe('money', () => {
  test('the budget is there with the task', async () => {
    const id = await started({ cap: 5_000_000 });
    expect(await budgetOf(s.ctx, id)).toEqual({ cap: 5_000_000, spent: 0, held: 0 });
    expect(await Task.get(s.ctx, { id })).toMatchObject({ cap: 5_000_000 });
  });

  test('a retry keeps plan and cap; another cap can be named', async () => {
    const id = await started({ provider: 'openai', modelConfig: { text_model: 'mine-1' }, cap: 1000 });
    await Task.cancel(s.ctx, { id });
    await Task.retry(s.ctx, { id });
    const plan = { provider: 'openai', models: [{ provider: 'openai', model: 'mine-1' }] };
    expect(await Task.get(s.ctx, { id })).toMatchObject({ ...plan, cap: 1000, attempt: 2 });
    await Task.cancel(s.ctx, { id });
    await expect(Task.retry(s.ctx, { id, cap: 0 })).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
    await Task.retry(s.ctx, { id, cap: 5000 });
    expect(await Task.get(s.ctx, { id })).toMatchObject({ ...plan, cap: 5000, attempt: 3 });
    expect(await budgetOf(s.ctx, id)).toEqual({ cap: 5000, spent: 0, held: 0 });
  });
});

describe('a step that stands as a draft', () => {
  const because = new Failure('PROVIDER_QUOTA', { provider: 'openai', model: 'mine-1' });
  const step = { name: 'extract:3', cached: false, draft: because };

  test('is told by the task with its reason, and can be tried again', async () => {
    const id = await started();
    for (let twice = 0; twice < 2; twice++)
      await finishStep(s.ctx, { task: id, attempt: 1 }, step, { word: 'extracted', values: { episode: 3 } });
    await over(id);
    const { drafts, status } = await Task.get(s.ctx, { id });
    expect(status).toBe('completed');
    expect(drafts).toEqual([{ episode: 3, step: 'extract', code: 'PROVIDER_QUOTA', message: because.say('en') }]);
    await Task.retry(s.ctx, { id });
    expect(await Task.get(s.ctx, { id })).toMatchObject({ drafts: [], status: 'pending', attempt: 2 });
  });

  test('and without one there is nothing to try again', async () => {
    const id = await started();
    await over(id);
    await expect(Task.retry(s.ctx, { id })).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
  });
});
