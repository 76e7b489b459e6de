// A worker that dies anywhere in a call: nothing is paid twice, no row is lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AiCtx } from '../../core/ai/ai.ts';
import { budgetOf } from '../../core/ai/budget.ts';
import { object } from '../../core/ai/object.ts';
import { TransactWriteCommand } from '../../core/platform/dynamo/command.ts';
import { documentsBy } from '../../core/platform/dynamo/electro.ts';
import { ready } from '../../core/tenant/quota/ready.ts';
import { aCall, answered, aStage, type Stage, usageOf } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

/** A worker whose connection to the tables breaks at its n-th settlement: before it is sent, or after it was done. */
function dying(nth: number, when: 'before' | 'after'): AiCtx {
  const { core } = s.ctx.stores;
  let count = 0;
  const send = async (command: unknown) => {
    const isLast = isSettlement(command) && ++count === nth;
    if (isLast && when === 'before') throw new Error('died');
    const answer: unknown = await core.client.send(command as never);
    if (isLast) throw new Error('died');
    return answer;
  };
  const client = documentsBy(send as typeof core.client.send);
  return { ...s.ctx, stores: { ...s.ctx.stores, core: { ...core, client } } };
}

/** A transaction that records usage. */
const isSettlement = (command: unknown): boolean =>
  command instanceof TransactWriteCommand &&
  (command.input.TransactItems ?? []).some(({ Put }) => Put?.Item?.__edb_e__ === 'usage');

const counted = async () => {
  const { used, reserved } = await ready(s.ctx, 'ai_calls');
  return { used, reserved };
};

describe('a worker that dies', () => {
  test.each(['before', 'after'] as const)(
    '%s the settlement has stored the answer: the next pays nothing and settles',
    async (when) => {
      const task = await s.aTask(1e6);
      const call = aCall(task);
      const { used } = await counted();
      s.scripted.requests.length = 0;
      s.scripted.say(answered);
      await expect(object(dying(1, when), call)).rejects.toThrow('died');
      expect(await object(s.ctx, call)).toMatchObject({ cached: true });
      expect(s.scripted.requests).toHaveLength(1);
      const rows = await usageOf(s.ctx, task);
      expect(rows.filter(({ cacheHit }) => !cacheHit)).toHaveLength(1);
      expect(await budgetOf(s.ctx, task)).toEqual({
        cap: 1e6,
        spent: rows.reduce((sum, { spent }) => sum + spent, 0),
        held: 0,
      });
      expect(await counted()).toEqual({ used: used + 1, reserved: 0 });
    },
  );

  test('between a bad answer and the second asking goes on there', async () => {
    const task = await s.aTask(1e6);
    const call = aCall(task);
    s.scripted.requests.length = 0;
    s.scripted.say('not this', answered);
    await expect(object(dying(1, 'before'), call)).rejects.toThrow('died');
    expect(await object(s.ctx, call)).toMatchObject({ value: { people: [{ name: '谢灯儿' }] }, cached: false });
    expect(s.scripted.requests).toHaveLength(2);
    expect(s.scripted.requests[1]?.request.messages).toHaveLength(3);
    expect(await usageOf(s.ctx, task)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  test('while the model answers frees its call and its slot by their leases', async () => {
    const task = await s.aTask(1e6);
    const call = aCall(task);
    s.scripted.say(() => new Promise(() => undefined));
    void object(s.ctx, call).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    s.scripted.say(answered);
    // its heart beats on in this process, so the clock goes on for the other alone
    const later = { ...s.ctx, now: () => s.ctx.now() + 200_000 };
    expect(await object(later, call)).toMatchObject({ cached: false });
    expect(await budgetOf(s.ctx, task)).toMatchObject({ held: 0 });
  });
});
