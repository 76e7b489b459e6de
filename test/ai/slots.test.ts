// Slots: as many calls at once as the limit says, across workers, in order of arrival.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AiCtx } from '../../core/ai/ai.ts';
import { sleep } from '../../core/ai/sleep.ts';
import type { Room } from '../../core/ai/slots/gate.ts';
import { pauseBefore } from '../../core/ai/slots/pause.ts';
import { queue } from '../../core/ai/slots/queue.ts';
import { rest, withSlot } from '../../core/ai/slots.ts';
import { type Documents, QueryCommand, UpdateCommand } from '../../core/platform/dynamo/command.ts';
import { documentsBy } from '../../core/platform/dynamo/electro.ts';
import { awsKeys } from '../../functions/runtime/env.ts';
import { rowsAs } from '../../functions/runtime/own.ts';
import { aStage, type Stage } from './stage.ts';

let s: Stage;
/** Pauses half as long: waiting itself is not what is tested. */
let ctx: AiCtx;
beforeAll(async () => {
  s = await aStage();
  ctx = { ...s.ctx, ai: { ...s.ctx.ai, sleep: (ms, signal) => sleep(ms / 2, signal) } };
});
afterAll(() => s.t.stop());

const never = new AbortController().signal;
const slot = (since: number, more: object = {}) =>
  ({ provider: 'openai', limit: 8, callMs: 60_000, since, ...more }) as const;

/** A worker as Lambda has them: a client, a context and a clock of its own, which goes before or after the others' by up to a second. */
function aWorker(at: number): AiCtx {
  const client = rowsAs(awsKeys);
  const skew = ((at * 7919) % 2001) - 1000;
  const { stores, now } = s.ctx;
  const own = { ...stores, ephemeral: { ...stores.ephemeral, client } };
  return { ...ctx, requestId: `req_${at}`, stores: own, now: () => now() + skew };
}

/** The same with a table that throttles whoever goes out. */
function deafToGoing(of: AiCtx): AiCtx {
  const { client, table } = of.stores.ephemeral;
  const throttled = Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });
  const send = (command: unknown) =>
    command instanceof UpdateCommand && command.input.UpdateExpression?.startsWith('SET took')
      ? Promise.reject(throttled)
      : client.send(command as UpdateCommand);
  return {
    ...of,
    stores: { ...of.stores, ephemeral: { client: documentsBy(send as Documents['send']), table } },
  };
}

describe('two hundred workers at a provider limited to eight', () => {
  test('are never more than eight in flight, and nobody is left waiting while later ones go', async () => {
    const workers = Array.from({ length: 200 }, (_, at) => aWorker(at));
    const began = ctx.now();
    const started: number[] = [];
    let [inFlight, most] = [0, 0];
    const work = (worker: AiCtx, at: number) =>
      withSlot(worker, slot(began + at), never, async () => {
        started.push(at);
        most = Math.max(most, ++inFlight);
        await sleep(150, never);
        inFlight--;
      });
    await Promise.all(workers.map((worker, at) => work(worker, at)));
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
    expect([...started].sort((a, b) => a - b)).toEqual(workers.map((_, at) => at));
    // who came later and went earlier: no more than the eight in front and those who come in while one looks away
    const overtaken = started.map((at, place) => started.slice(0, place).filter((other) => other > at).length);
    expect(Math.max(...overtaken)).toBeLessThanOrEqual(32);
  });

  test('let one that waits come in while new ones come without end', async () => {
    const one = { limit: 2, provider: 'yunwu' } as const;
    const began = ctx.now();
    let [next, isIn] = [0, false];
    // each that ends is followed by another at once
    const crowd = async (): Promise<void> => {
      while (!isIn && next < 400) await withSlot(ctx, slot(began + ++next, one), never, () => sleep(40, never));
    };
    const busy = Array.from({ length: 12 }, crowd);
    await sleep(100, never);
    const before = next;
    await withSlot(ctx, slot(began + before, one), never, async () => {
      isIn = true;
    });
    expect(next - before).toBeLessThanOrEqual(32);
    await Promise.all(busy);
  });

  test('are not held up by those that died while they waited', async () => {
    const one = { limit: 1, provider: 'compatible' } as const;
    for (let at = 0; at < 12; at++) await queue(ctx, one, at, `dead-${at}`);
    s.t.pass(20_001);
    expect(await withSlot(ctx, slot(ctx.now(), one), never, () => Promise.resolve('in'))).toBe('in');
  });

  test('are not held up by those that die while others wait behind them', async () => {
    const one = { limit: 2, provider: 'deepseek' } as const;
    for (let at = 0; at < 12; at++) await queue(ctx, one, at, `dying-${at}`);
    const behind = withSlot(ctx, slot(ctx.now(), one), never, () => Promise.resolve('in'));
    await sleep(100, never);
    s.t.pass(20_001);
    expect(await behind).toBe('in');
  });
});

describe('a slot', () => {
  test('of a call that failed is free again', async () => {
    for (let at = 0; at < 3; at++) {
      const run = () =>
        withSlot(ctx, slot(at, { limit: 1, provider: 'gemini' }), never, () => Promise.reject(new Error('no')));
      await expect(run()).rejects.toThrow('no');
    }
  });

  test('that cannot be given back takes nothing from what came of the call, and is free when its lease has run out', async () => {
    const one = { limit: 1, provider: 'openai', callMs: 1000 };
    const deaf = deafToGoing(ctx);
    expect(await withSlot(deaf, slot(0, one), never, () => Promise.resolve('paid for'))).toBe('paid for');
    s.t.pass(17_000);
    const failing = () => withSlot(deaf, slot(1, one), never, () => Promise.reject(new Error('the call’s own')));
    await expect(failing()).rejects.toThrow('the call’s own');
    s.t.pass(17_000);
    expect(await withSlot(ctx, slot(2, one), never, () => Promise.resolve('in'))).toBe('in');
  });

  test('of a worker that died is free when its lease has run out, not before', async () => {
    const one = { limit: 1, provider: 'minimax', callMs: 1000 };
    // it never comes back
    void withSlot(ctx, slot(0, one), never, () => new Promise(() => undefined));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('gave up')), 300);
    await expect(withSlot(ctx, slot(1, one), stop.signal, () => Promise.resolve('in'))).rejects.toThrow('gave up');
    s.t.pass(17_000);
    expect(await withSlot(ctx, slot(2, one), never, () => Promise.resolve('in'))).toBe('in');
  });

  test('is of one tenant and one provider', async () => {
    const one = { limit: 1, provider: 'doubao' } as const;
    const inside = await withSlot(ctx, slot(0, one), never, () =>
      Promise.all([
        withSlot(ctx, slot(0, { ...one, provider: 'yunwu' }), never, () => Promise.resolve('other provider')),
        withSlot({ ...ctx, tenant: s.t.other.tenant }, slot(0, one), never, () => Promise.resolve('other tenant')),
      ]),
    );
    expect(inside).toEqual(['other provider', 'other tenant']);
  });

  test('is given to nobody while the provider rests', async () => {
    await rest(ctx, { provider: 'anthropic' }, 5000);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('gave up')), 300);
    await expect(
      withSlot(ctx, slot(0, { provider: 'anthropic' }), stop.signal, () => Promise.resolve('in')),
    ).rejects.toThrow('gave up');
    s.t.pass(5001);
    expect(await withSlot(ctx, slot(0, { provider: 'anthropic' }), never, () => Promise.resolve('in'))).toBe('in');
  });

  test('that was waited for in vain leaves nothing behind', async () => {
    const { client, table } = ctx.stores.ephemeral;
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :wait)',
        ExpressionAttributeValues: { ':pk': `T#${ctx.tenant}`, ':wait': 'WAIT#' },
      }),
    );
    expect(Items).toEqual([]);
  });
});

describe('whoever waits before a full gate', () => {
  const room = (ages: number[], took?: number): Room => ({ free: 0, restMs: 0, entered: 8, ages, took });
  const eight = (age: number) => Array.from({ length: 8 }, () => age);

  test('looks seldom while the calls inside are young, and often when one should end', () => {
    const [young, due] = [room(eight(1000), 30_000), room(eight(29_000), 30_000)];
    expect(pauseBefore(0, 8, young)).toBe(1000);
    expect(pauseBefore(0, 8, due)).toBe(600);
  });

  test('looks for the call whose end lets him in, not for the first one', () => {
    const ages = [29_500, 29_000, 12_000, 11_000, 10_000, 9000, 8000, 1000];
    expect(pauseBefore(1, 8, room(ages, 30_000))).toBe(600);
    expect(pauseBefore(2, 8, room(ages, 30_000))).toBe(1000);
  });

  test('does not look without end where the last call was over in no time and the others are long', () => {
    expect(pauseBefore(0, 8, room(eight(60_000), 50))).toBe(1000);
  });

  test('is never away for longer than his place is safe, nor without a pause, whatever the gate says', () => {
    const some = fc.record({
      free: fc.integer({ min: -3, max: 8 }),
      restMs: fc.nat(),
      entered: fc.nat(),
      ages: fc.array(fc.integer({ min: -2000, max: 10_000_000 }), { maxLength: 12 }),
      took: fc.option(fc.nat(10_000_000), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 64 }), some, (ahead, limit, one) => {
        const pause = pauseBefore(ahead, limit, one);
        return pause >= 30 && pause <= 5000;
      }),
    );
  });
});
