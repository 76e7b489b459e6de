// Usage: rows of tasks, totals of days that count each row once, a price before the work.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ObjectCall } from '../../core/ai/call.ts';
import { object } from '../../core/ai/object.ts';
import { quote } from '../../core/ai/quote.ts';
import { usageOfTask } from '../../core/ai/usage/of-task.ts';
import { usageOfDays } from '../../core/ai/usage/read.ts';
import { total } from '../../core/ai/usage/total.ts';
import { aCall, answered, aStage, rowsOf, type Stage, usageOf, used } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());
beforeEach(() => s.scripted.say(answered));

const day = () => new Date(s.ctx.now()).toISOString().slice(0, 10);

describe('usage', () => {
  test('is announced with each row; what the stream adds up is the sum of the rows, however often it comes', async () => {
    const task = await s.aTask();
    const project = 'prj_totals';
    const calls = [1, 2, 3].map(() => aCall(task, { project }));
    for (const call of calls) await object(s.ctx, call);
    await object(s.ctx, calls[0] ?? aCall(task));
    s.scripted.say({ fails: 'moderation', usage: used });
    await expect(object(s.ctx, aCall(task, { project }))).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    const rows = await usageOf(s.ctx, task);
    const events = (await rowsOf(s.ctx, 'EVENT#'))
      .filter(({ type }) => type === 'usage.recorded')
      .map(({ subject }) => String(subject));
    for (const { id } of rows) expect(events).toContain(id);
    await Promise.all([...rows, ...rows, ...rows].map(({ id }) => total(s.ctx, id)));
    const spent = rows.reduce((all, row) => all + row.spent, 0);
    const { items, total: all } = await usageOfDays(s.ctx, { from: day(), to: day(), projectId: project });
    expect(items).toMatchObject([{ day: day(), projectId: null, model: null, calls: 4, hits: 1, failed: 1, spent }]);
    expect(all).toMatchObject({ input: 4 * used.input, spent, prices: [{ currency: 'CNY', micros: spent }] });
  });

  test('is added up by day, by project and by model, those that cost most in front; of one kind alone where asked', async () => {
    const lone = await aStage();
    lone.scripted.say(answered);
    const task = await lone.aTask();
    const luna = [{ provider: 'openai', model: 'gpt-6-luna' }] as const;
    await object(lone.ctx, aCall(task, { project: 'prj_a' }));
    lone.t.pass(86_400_000);
    await object(lone.ctx, aCall(task, { project: 'prj_a', models: luna }));
    for (let at = 0; at < 3; at++) await object(lone.ctx, aCall(task, { project: 'prj_b' }));
    for (const { id } of await usageOf(lone.ctx, task)) await total(lone.ctx, id);
    const to = new Date(lone.ctx.now()).toISOString().slice(0, 10);
    const read = async (more: object) => (await usageOfDays(lone.ctx, { from: day(), to, ...more })).items;
    expect(await read({})).toMatchObject([
      { day: day(), calls: 1 },
      { day: to, calls: 4 },
    ]);
    expect(await read({ by: 'project' })).toMatchObject([{ projectId: 'prj_b', day: null, calls: 3 }, { projectId: 'prj_a', calls: 2 }]); // biome-ignore format: one thought
    expect((await read({ by: 'model' })).map(({ provider, calls }) => [provider, calls])).toEqual([['deepseek', 4], ['openai', 1]]); // biome-ignore format: one thought
    expect(await read({ by: 'model', provider: 'openai', model: 'gpt-6-luna', mode: 'platform' })).toMatchObject([
      { calls: 1, prices: [{ currency: 'USD' }] },
    ]);
    expect(await read({ mode: 'byok' })).toEqual([]);
    const first = await usageOfDays(lone.ctx, { from: day(), to, by: 'project', size: 1 });
    expect(first).toMatchObject({ items: [{ projectId: 'prj_b' }], total: { calls: 5 } });
    const next = await usageOfDays(lone.ctx, {
      from: day(),
      to,
      by: 'project',
      size: 1,
      cursor: first.nextCursor ?? '',
    });
    expect(next).toMatchObject({ items: [{ projectId: 'prj_a' }], nextCursor: null });
    await lone.t.stop();
  });

  test('of a task is listed newest first, page by page', async () => {
    const task = await s.aTask();
    for (let at = 0; at < 3; at++) await object(s.ctx, aCall(task, { episode: at + 1 }));
    const first = await usageOfTask(s.ctx, task, { size: 2 });
    expect(first.items.map(({ episode }) => episode)).toEqual([3, 2]);
    const next = await usageOfTask(s.ctx, task, { size: 2, cursor: first.nextCursor ?? '' });
    expect(next.items).toMatchObject([{ episode: 1, outcome: 'answered', estimated: false }]);
  });

  test('is seen by its tenant alone; days are asked for in their order', async () => {
    const task = await s.aTask();
    await object(s.ctx, aCall(task));
    expect((await usageOfDays(s.t.other, { from: day(), to: day() })).items).toEqual([]);
    await expect(usageOfDays(s.ctx, { from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  test('that is not there is nothing to add', async () => {
    await total(s.ctx, 'use_gone');
  });
});

describe('a quote', () => {
  const expected = (call: ObjectCall<never>) => ({ call: call as unknown as ObjectCall<unknown>, output: 300 });

  test('gives calls, tokens and price by episode and model, and what lies there already; it asks nobody', async () => {
    const task = await s.aTask();
    const calls = [1, 1, 2, 3].map((episode) => aCall(task, { episode }));
    await object(s.ctx, calls[3] ?? aCall(task));
    s.scripted.requests.length = 0;
    const quoted = await quote(
      s.ctx,
      calls.map((call) => expected(call as never)),
    );
    expect(s.scripted.requests).toHaveLength(0);
    expect(quoted.lines).toMatchObject([
      { episode: 1, provider: 'deepseek', model: 'deepseek-flash', mode: 'platform', calls: 2, output: 600 },
      { episode: 2, calls: 1, output: 300 },
    ]);
    expect(quoted.stored).toMatchObject({ calls: 1, input: expect.any(Number) });
    for (const { micros, most } of quoted.lines) expect(micros).toBeLessThan(most ?? 0);
  });

  test('says that a price is not known, and for which calls there is no model', async () => {
    const task = await s.aTask();
    const models = [{ provider: 'deepseek', model: 'deepseek-next' }] as const;
    const nobody = [{ provider: 'compatible', model: 'mine' }] as const;
    const quoted = await quote(s.ctx, [
      expected(aCall(task, { models }) as never),
      expected(aCall(task, { models: nobody }) as never),
    ]);
    expect(quoted).toMatchObject({ lines: [{ micros: null, most: null }], unrouted: 1 });
  });
});
