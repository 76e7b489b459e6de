// Usage: rows of tasks, totals of days that count each row once, a price before the work.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ObjectCall } from '../../core/ai/call.ts';
import { object } from '../../core/ai/object.ts';
import { quote } from '../../core/ai/quote.ts';
import { usageOfDays, usageOfTask } from '../../core/ai/usage/read.ts';
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
    const { items } = await usageOfDays(s.ctx, { from: day(), to: day(), projectId: project });
    expect(items).toHaveLength(2); // hits have no currency
    const sum = (field: 'calls' | 'hits' | 'failed' | 'input' | 'spent' | 'micros') =>
      items.reduce((all, item) => all + item[field], 0);
    expect([sum('calls'), sum('hits'), sum('failed'), sum('input')]).toEqual([4, 1, 1, 4 * used.input]);
    expect(sum('spent')).toBe(rows.reduce((all, { spent }) => all + spent, 0));
  });

  test('of a task is listed newest first, page by page', async () => {
    const task = await s.aTask();
    for (let at = 0; at < 3; at++) await object(s.ctx, aCall(task, { episode: at + 1 }));
    const first = await usageOfTask(s.t.as('viewer'), { taskId: task, size: 2 });
    expect(first.items.map(({ episode }) => episode)).toEqual([3, 2]);
    const next = await usageOfTask(s.ctx, { taskId: task, size: 2, cursor: first.nextCursor ?? '' });
    expect(next.items).toMatchObject([{ episode: 1, taskId: task, outcome: 'answered', estimated: false }]);
  });

  test('is seen by its tenant alone; days are asked for in their order', async () => {
    const task = await s.aTask();
    await object(s.ctx, aCall(task));
    expect((await usageOfTask(s.t.other, { taskId: task })).items).toEqual([]);
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
