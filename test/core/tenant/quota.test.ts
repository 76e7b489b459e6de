// Quotas on the real table: held, taken, given back; many at once; another plan; another tenant.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { Failure } from '../../../core/platform/failure.ts';
import * as Project from '../../../core/project/index.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { changePlan } from '../../../core/tenant/quota/change-plan.ts';
import { ready } from '../../../core/tenant/quota/ready.ts';
import { meanwhile } from '../../kit/meanwhile.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant({ plan: 'free' });
});
afterAll(() => t.stop());

const hour = 3_600_000;
const counts = async (ctx: Ctx, metric: Parameters<typeof ready>[1] = 'ai_calls') => {
  const { limit, used, reserved, remaining } = await ready(ctx, metric);
  return { limit, used, reserved, remaining };
};
async function settle(ctx: Ctx, id: string, spent: number): Promise<boolean> {
  const outrun = new Failure('STALE_VERSION');
  const rows = await Tenant.settlement(ctx, id, spent, outrun);
  if (rows.length === 0) return false;
  try {
    await commit(ctx, { rows });
    return true;
  } catch (error) {
    if (error === outrun) return false;
    throw error;
  }
}
/** A tenant of its own with so many calls. */
async function withCalls(aiCalls: number): Promise<ATenant> {
  const own = await aTenant({ plan: 'free' });
  await changePlan(own.ctx, 'free', { aiCalls });
  return own;
}

test('one call left and a thousand callers: exactly one gets it', async () => {
  const own = await withCalls(1);
  const callers = Array.from({ length: 1000 }, (_, at) => Tenant.hold(own.ctx, `one-${at}`, 'ai_calls', 1, hour));
  const ended = await Promise.allSettled(callers);
  const refused = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as Failure] : []));
  expect(refused).toHaveLength(999);
  expect(new Set(refused.map(({ code, status }) => `${code} ${status}`))).toEqual(new Set(['QUOTA_EXCEEDED 402']));
  expect(await counts(own.ctx)).toEqual({ limit: 1, used: 0, reserved: 1, remaining: 0 });
  await own.stop();
});

test('the table keeps the rules that the model plays, whoever comes at the same moment', async () => {
  const own = await withCalls(6);
  let round = 0;
  const act = fc.record({ does: fc.constantFrom('hold', 'settle', 'release', 'expire'), id: fc.nat(4), n: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), async (turns) => {
      round++;
      const before = (await counts(own.ctx)).used;
      let spent = 0;
      // those of one turn come at once
      for (const turn of turns)
        await Promise.all(
          turn.map(async ({ does, id, n }) => {
            const name = `r${round}-${id}`;
            if (does === 'hold') await Tenant.hold(own.ctx, name, 'ai_calls', 2, -1).catch(refusedOnly);
            else if (does === 'settle') {
              const did = await settle(own.ctx, name, n);
              spent += did ? n : 0;
            } else if (does === 'release') await Tenant.release(own.ctx, name);
            else await Tenant.expire(own.ctx);
          }),
        );
      await Tenant.expire(own.ctx);
      const after = await counts(own.ctx);
      expect(after).toEqual({
        limit: after.limit,
        used: before + spent,
        reserved: 0,
        remaining: after.limit - before - spent,
      });
      // room for the next round
      await changePlan(own.ctx, 'free', { aiCalls: after.used + 6 });
    }),
    { numRuns: 25 },
  );
  await own.stop();
});

const refusedOnly = (error: unknown) => expect(error).toMatchObject({ code: 'QUOTA_EXCEEDED' });

describe('calls of models', () => {
  test('that are used up say how many there were and when there are new ones; another tenant has all of his', async () => {
    await changePlan(t.ctx, 'free', { aiCalls: 1 });
    const before = await counts(t.other);
    await Tenant.hold(t.ctx, 'first', 'ai_calls', 1, hour);
    const refused = await Tenant.hold(t.ctx, 'second', 'ai_calls', 1, hour).catch((error: unknown) => error as Failure);
    expect(refused).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      status: 402,
      details: { quota: 'ai_calls', limit: 1, used: 0, reserved: 1, resets_at: expect.any(Number) },
    });
    expect((refused as Failure).say('en')).toContain('upgrade');
    expect((refused as Failure).say('zh-CN')).toContain('升级套餐');
    expect(await counts(t.other)).toEqual(before);
    await Tenant.hold(t.other, 'first', 'ai_calls', 1, hour);
    await Tenant.release(t.ctx, 'first');
    await Tenant.hold(t.ctx, 'second', 'ai_calls', 1, hour);
    await Tenant.release(t.ctx, 'second');
    await changePlan(t.ctx, 'free');
  });

  test('held by one that died are free for the next when their time is up', async () => {
    const own = await withCalls(1);
    await Tenant.hold(own.ctx, 'dead', 'ai_calls', 1, hour);
    await expect(Tenant.hold(own.ctx, 'next', 'ai_calls', 1, hour)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    own.pass(hour + 1);
    await Tenant.hold(own.ctx, 'next', 'ai_calls', 1, hour);
    expect(await settle(own.ctx, 'dead', 1)).toBe(false);
    expect(await settle(own.ctx, 'next', 1)).toBe(true);
    expect(await settle(own.ctx, 'next', 1)).toBe(false);
    expect(await counts(own.ctx)).toEqual({ limit: 1, used: 1, reserved: 0, remaining: 0 });
    await own.stop();
  });

  test('are counted anew in a new month; one that was held before is counted where it was held', async () => {
    const own = await aTenant({ plan: 'free', at: Date.UTC(2027, 0, 31, 23, 30) });
    await Tenant.hold(own.ctx, 'old', 'ai_calls', 1, 2 * hour);
    own.pass(hour);
    expect(await counts(own.ctx)).toEqual({ limit: 1000, used: 0, reserved: 0, remaining: 1000 });
    expect(await settle(own.ctx, 'old', 1)).toBe(true);
    expect(await counts(own.ctx)).toMatchObject({ used: 0 });
    own.pass(-hour);
    expect(await counts(own.ctx)).toMatchObject({ used: 1, reserved: 0 });
    await own.stop();
  });
});

test('a month that turns while a call is held: it is held in the new one', async () => {
  const own = await aTenant({ plan: 'free', at: Date.UTC(2027, 0, 31, 23, 30) });
  await Tenant.hold(
    meanwhile(own.ctx, () => own.pass(hour)),
    'turn',
    'ai_calls',
    1,
    hour,
  );
  expect(await counts(own.ctx)).toMatchObject({ used: 0, reserved: 1 });
  expect(await settle(own.ctx, 'turn', 1)).toBe(true);
  expect(await counts(own.ctx)).toMatchObject({ used: 1, reserved: 0 });
  own.pass(-hour);
  expect(await counts(own.ctx)).toMatchObject({ used: 0, reserved: 0 });
  await own.stop();
});

describe('what is there', () => {
  test('is counted with it: projects up to the limit, and room again when one is deleted', async () => {
    const { ctx } = t;
    const made = [];
    for (const title of ['一', '二', '三']) made.push(await Project.create(ctx, { title }));
    await expect(Project.create(ctx, { title: '四' })).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { quota: 'projects', limit: 3, used: 3 },
    });
    await Project.remove(ctx, { id: made[0]?.id ?? '' });
    await Project.create(ctx, { title: '四' });
    expect(await counts(ctx, 'projects')).toMatchObject({ used: 3, remaining: 0 });
    expect(await counts(t.other, 'projects')).toMatchObject({ used: 0 });
  });

  test('a new tenant has its first member', async () => {
    expect(await counts(t.other, 'members')).toEqual({ limit: 1, used: 1, reserved: 0, remaining: 0 });
    await expect(
      Tenant.reserving(t.other, 'members', 1).then((row) => commit(t.other, { rows: [row] })),
    ).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', details: { quota: 'members' } });
  });
});

describe('another plan', () => {
  test('moves what is left by the difference; more is used than it gives: nothing more is taken', async () => {
    const own = await aTenant({ plan: 'basic' });
    for (let at = 0; at < 5; at++) await Project.create(own.ctx, { title: `片${at}` });
    await changePlan(own.ctx, 'free');
    expect(await counts(own.ctx, 'projects')).toEqual({ limit: 3, used: 5, reserved: 0, remaining: -2 });
    await expect(Project.create(own.ctx, { title: '多' })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    await changePlan(own.ctx, 'pro', { projects: 7 });
    expect(await counts(own.ctx, 'projects')).toEqual({ limit: 7, used: 5, reserved: 0, remaining: 2 });
    expect(await counts(own.ctx, 'ai_calls')).toMatchObject({ limit: 100_000 });
    expect(Tenant.shown(await Tenant.load(own.ctx))).toMatchObject({ plan: 'pro', quotaStorageMb: 10_240 });
    await own.stop();
  });
});
