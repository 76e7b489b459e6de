// Money: held back before, settled after, never oversold, never lost and never taken twice.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { budgetOf, capping, release, reserve } from '../../core/ai/budget.ts';
import { object } from '../../core/ai/object.ts';
import { settle } from '../../core/ai/usage/record.ts';
import type { UsageRow } from '../../core/ai/usage/row.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { newId } from '../../core/platform/id.ts';
import { usage } from '../../core/tenant/index.ts';
import { changePlan } from '../../core/tenant/quota/change-plan.ts';
import { aCall, answered, aStage, type Stage, usageOf } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

const never = new AbortController().signal;
const aRow = (task: string, spent: number): UsageRow => ({
  tenant: s.ctx.tenant, id: newId('use', s.ctx.now()), project: 'prj_1', task, prompt: 'people@1', provider: 'deepseek', model: 'deepseek-flash',
  mode: 'platform', account: 'platform', input: 10, output: 5, cached: 0, micros: spent, currency: 'CNY', priceDate: '2026-10-01', spent, ms: 3,
  cacheHit: false, attempt: 1, outcome: 'answered', at: s.ctx.now(), day: '2026-11-24',
}); // biome-ignore format: one thought

describe('calls of the month', () => {
  const calls = async (ctx: Ctx) => {
    const { quotas } = await usage(ctx, {});
    const { used, reserved } = quotas.find(({ quota }) => quota === 'ai_calls') ?? { used: -1, reserved: -1 };
    return { used, reserved };
  };

  test('that are used up stop before anybody is asked, though a draft were allowed; another tenant goes on', async () => {
    const own = await aStage();
    await changePlan(own.ctx, 'free', { aiCalls: 2 });
    own.scripted.say(answered);
    const task = await own.aTask();
    const first = aCall(task, { builtin: () => ({ people: [] }) });
    await object(own.ctx, first);
    await object(own.ctx, aCall(task));
    own.scripted.requests.length = 0;
    await expect(object(own.ctx, aCall(task, { builtin: () => ({ people: [] }) }))).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { quota: 'ai_calls', limit: 2, used: 2 },
    });
    expect(own.scripted.requests).toHaveLength(0);
    expect(await budgetOf(own.ctx, task)).toMatchObject({ held: 0 });
    // what was answered costs no call
    expect(await object(own.ctx, first)).toMatchObject({ cached: true });
    s.scripted.say(answered);
    expect(await object(s.ctx, aCall(await s.aTask()))).toMatchObject({ cached: false });
    await own.t.stop();
  });

  test('are counted where a provider did something, and given back where it did not or was not asked', async () => {
    s.scripted.say(answered);
    const task = await s.aTask();
    const before = await calls(s.ctx);
    await object(s.ctx, aCall(task));
    expect(await calls(s.ctx)).toEqual({ used: before.used + 1, reserved: 0 });
    s.scripted.say({ fails: 'invalid' });
    await expect(object(s.ctx, aCall(task))).rejects.toMatchObject({ code: 'MODEL_REQUEST_REFUSED' });
    await expect(object(s.ctx, aCall(await s.aTask(0)))).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
    expect(await calls(s.ctx)).toEqual({ used: before.used + 1, reserved: 0 });
  });
});

describe('a cap', () => {
  test('of zero lets no call through, and a task without a budget neither', async () => {
    s.scripted.requests.length = 0;
    for (const task of [await s.aTask(0), 'tsk_without'])
      await expect(object(s.ctx, aCall(task))).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
    expect(s.scripted.requests).toHaveLength(0);
  });

  test('that is reached stops with that, though a draft were allowed, and what was done is kept', async () => {
    // a Saturday: on working days the same call costs twice as much at some hours
    const ctx = { ...s.ctx, now: () => Date.UTC(2026, 10, 28) };
    s.scripted.say(answered);
    const task = await s.aTask(11_000);
    const calls = [1, 2, 3, 4, 5].map(() => aCall(task, { builtin: () => ({ people: [] }) }));
    let reached = 0;
    for (const call of calls)
      await object(ctx, call).catch((error: { code: string }) => {
        expect(error.code).toBe('BUDGET_REACHED');
        reached++;
      });
    expect(reached).toBeGreaterThan(0);
    const { spent, held } = (await budgetOf(ctx, task)) ?? { spent: -1, held: -1 };
    expect(spent).toBeLessThanOrEqual(11_000);
    expect(held).toBe(0);
    // what was answered is still there, at no cost
    expect(await object(ctx, calls[0] ?? aCall(task))).toMatchObject({ cached: true });
  });

  test('that is raised lets the work go on', async () => {
    s.scripted.say(answered);
    const task = await s.aTask(1);
    const call = aCall(task);
    await expect(object(s.ctx, call)).rejects.toMatchObject({
      code: 'BUDGET_REACHED',
      details: { cap_micros: 1, spent_micros: 0 },
    });
    await commit(s.ctx, { rows: [capping(s.ctx, task, 1, 1e9)] });
    expect(await object(s.ctx, call)).toMatchObject({ cached: false });
  });

  test('reached only by calls under way is waited for', async () => {
    const task = await s.aTask(100);
    await reserve(s.ctx, task, 'a', 80, never);
    const second = reserve(s.ctx, task, 'b', 80, never);
    await settle(s.ctx, aRow(task, 20), 'a');
    await second;
    expect(await budgetOf(s.ctx, task)).toEqual({ cap: 100, spent: 20, held: 80 });
  });
});

describe('holding back', () => {
  test('a call that is tried again holds what it needs once', async () => {
    const task = await s.aTask(100);
    await reserve(s.ctx, task, 'a', 60, never);
    await reserve(s.ctx, task, 'a', 80, never);
    expect(await budgetOf(s.ctx, task)).toMatchObject({ held: 80 });
    await release(s.ctx, task, 'a');
    await release(s.ctx, task, 'a');
    expect(await budgetOf(s.ctx, task)).toMatchObject({ held: 0 });
  });

  test('what dead callers left is taken in after a quarter of an hour', async () => {
    const lone = await aStage();
    const task = await lone.aTask(100);
    await reserve(lone.ctx, task, 'dead', 90, never);
    lone.t.pass(15 * 60_000 + 1);
    await reserve(lone.ctx, task, 'living', 90, never);
    expect(await budgetOf(lone.ctx, task)).toMatchObject({ held: 90 });
    await lone.t.stop();
  });

  test('fifty at once, each settling to less or giving back, never spend or hold more than the cap', async () => {
    const part = fc.record({
      most: fc.integer({ min: 1, max: 40 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      made: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 20, maxLength: 50 }),
        fc.integer({ min: 1, max: 400 }),
        async (parts, cap) => {
          const task = await s.aTask(cap);
          const seen: number[] = [];
          let spent = 0;
          const one = async ({ most, share, made }: (typeof parts)[number], at: number) => {
            try {
              await reserve(s.ctx, task, `call${at}`, most, never);
            } catch {
              return;
            }
            const now = await budgetOf(s.ctx, task);
            seen.push((now?.spent ?? 0) + (now?.held ?? 0));
            const actual = Math.floor(most * share);
            if (made) {
              await settle(s.ctx, aRow(task, actual), `call${at}`);
              spent += actual;
            } else await release(s.ctx, task, `call${at}`);
          };
          await Promise.all(parts.map(one));
          expect(Math.max(0, ...seen)).toBeLessThanOrEqual(cap);
          expect(await budgetOf(s.ctx, task)).toEqual({ cap, spent, held: 0 });
          expect((await usageOf(s.ctx, task)).reduce((sum, row) => sum + row.spent, 0)).toBe(spent);
        },
      ),
      { numRuns: 4 },
    );
  });
});

describe('settling', () => {
  test('the same exchange twice, or ten times at once, takes once', async () => {
    const task = await s.aTask(1000);
    await reserve(s.ctx, task, 'a', 100, never);
    const row = aRow(task, 30);
    await settle(s.ctx, row, 'a');
    await Promise.all(Array.from({ length: 10 }, () => settle(s.ctx, row, 'a')));
    expect(await budgetOf(s.ctx, task)).toEqual({ cap: 1000, spent: 30, held: 0 });
    expect(await usageOf(s.ctx, task)).toHaveLength(1);
  });

  test('more than was held is taken all the same: it is spent', async () => {
    const task = await s.aTask(1000);
    await reserve(s.ctx, task, 'a', 100, never);
    await settle(s.ctx, aRow(task, 130), 'a');
    expect(await budgetOf(s.ctx, task)).toEqual({ cap: 1000, spent: 130, held: 0 });
  });
});
