// The circuit breaker: rest for providers that fail, one try when it is over, no harm when its own table fails.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admit, failed, type Guarded, guarded, succeeded } from '../../core/ai/breaker.ts';
import { object } from '../../core/ai/object.ts';
import { aCall, answered, aStage, type Stage } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

let keys = 0;
const somebody = (): Guarded => guarded('openai', { baseUrl: 'https://api.openai.com/v1', key: `key-${++keys}` });
const isOpen = async (who: Guarded) => 'refused' in (await admit(s.ctx, who));
const failing = async (who: Guarded, times: number) => {
  for (let at = 0; at < times; at++) await failed(s.ctx, who, 'retryable');
};

describe('a provider', () => {
  test('that failed five times within a minute is given rest, for this key alone', async () => {
    const [who, other] = [somebody(), somebody()];
    await failing(who, 4);
    expect(await isOpen(who)).toBe(false);
    await failing(who, 1);
    expect(await isOpen(who)).toBe(true);
    expect(await isOpen(other)).toBe(false);
  });

  test('that failed now and then is not', async () => {
    const who = somebody();
    for (let at = 0; at < 3; at++) {
      await failing(who, 2);
      s.t.pass(61_000);
    }
    expect(await isOpen(who)).toBe(false);
  });

  test('after its rest is tried by one of twenty; when that goes well all come in', async () => {
    const who = somebody();
    await failing(who, 5);
    s.t.pass(30_001);
    const open = await Promise.all(Array.from({ length: 20 }, () => isOpen(who)));
    expect(open.filter((closed) => !closed)).toHaveLength(1);
    await succeeded(s.ctx, who, { wasFailing: true });
    expect(await isOpen(who)).toBe(false);
    await failing(who, 4);
    expect(await isOpen(who)).toBe(false);
  });

  test('whose try fails rests again', async () => {
    const who = somebody();
    await failing(who, 5);
    s.t.pass(30_001);
    expect(await isOpen(who)).toBe(false);
    await failing(who, 1);
    s.t.pass(20_000);
    expect(await isOpen(who)).toBe(true);
  });

  test('that refused a key or has no money for it is not asked again for a while, and the reason is told', async () => {
    const who = somebody();
    await failed(s.ctx, who, 'quota');
    expect(await admit(s.ctx, who)).toMatchObject({
      refused: { facts: { kind: 'quota', providerCode: 'circuit_open' } },
    });
  });

  test('is not given rest for what the request itself did', async () => {
    const who = somebody();
    for (const kind of ['moderation', 'invalid', 'invalid_output', 'truncated', 'rate_limited'] as const)
      for (let at = 0; at < 6; at++) await failed(s.ctx, who, kind);
    expect(await isOpen(who)).toBe(false);
  });

  test.each(['rate_limited', 'moderation', 'invalid', 'invalid_output', 'truncated'] as const)(
    'that answers its try with %s is back: all come in',
    async (kind) => {
      const who = somebody();
      await failing(who, 5);
      s.t.pass(30_001);
      expect(await isOpen(who)).toBe(false);
      await failed(s.ctx, who, kind);
      expect(await Promise.all([isOpen(who), isOpen(who)])).toEqual([false, false]);
    },
  );

  test('that refuses the key (401) rests for it at once; one that keeps it from a model (403) does not, nor after a rest', async () => {
    const [who, other] = [somebody(), somebody()];
    await failed(s.ctx, who, 'auth', { httpStatus: 401 });
    expect(await isOpen(who)).toBe(true);
    for (let at = 0; at < 6; at++) await failed(s.ctx, other, 'auth', { httpStatus: 403 });
    for (const providerCode of ['http_403', 'permission_error', 'PERMISSION_DENIED'])
      await failed(s.ctx, other, 'auth', { httpStatus: 200, providerCode });
    expect(await isOpen(other)).toBe(false);
    s.t.pass(30_001);
    expect(await isOpen(who)).toBe(false);
    await failed(s.ctx, who, 'auth', { httpStatus: 403 });
    expect(await isOpen(who)).toBe(false);
  });

  test('is asked when the table of the breaker does not answer', async () => {
    const who = somebody();
    await failing(who, 5);
    const { client, table } = s.ctx.stores.shared;
    const broken = { ...s.ctx, stores: { ...s.ctx.stores, shared: { client, table: `${table}-gone` } } };
    expect(await admit(broken, who)).toEqual({ wasFailing: false });
    await failed(broken, who, 'retryable');
    await succeeded(broken, who, { wasFailing: true });
  });
});

describe('a call', () => {
  test('waits for a provider that rests when there is no other, and leaves it when there is', async () => {
    const lone = await aStage();
    const who = guarded('deepseek', {
      baseUrl: 'https://api.deepseek.com',
      key: `platform-deepseek-${lone.ctx.tenant}`,
    });
    for (let at = 0; at < 5; at++) await failed(lone.ctx, who, 'retryable');
    lone.scripted.say(answered);
    const models = [
      { provider: 'deepseek', model: 'deepseek-flash' },
      { provider: 'minimax', model: 'MiniMax-M3' },
    ] as const;
    expect(await object(lone.ctx, aCall(await lone.aTask(), { models }))).toMatchObject({
      by: { provider: 'minimax' },
    });
    expect(lone.waits).toEqual([]);
    expect(await object(lone.ctx, aCall(await lone.aTask()))).toMatchObject({ by: { provider: 'deepseek' } });
    expect(Math.max(...lone.waits)).toBeGreaterThan(20_000);
    await lone.t.stop();
  });
});
