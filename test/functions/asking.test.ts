// A step that may ask models has the gateway, and a signal that stops it before the function's time is up.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AiCtx, withAi } from '../../core/ai/planning.ts';
import { Failure } from '../../core/platform/failure.ts';
import { askingHandler } from '../../functions/runtime/asking.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
  Object.assign(process.env, {
    MODELS: JSON.stringify([{ provider: 'deepseek', model: 'deepseek-flash' }]),
    MODEL_ADDRESSES: JSON.stringify({ http: false, privateNetworks: false }),
    MODEL_SECRET: 'platform',
    MODEL_KEY: 'alias/keys',
  });
});
afterAll(() => t.stop());

const of = () => ({ tenant: t.ctx.tenant, task: 'tsk_1', attempt: 1 });
const within = (ms: number) => ({ awsRequestId: 'req_1', getRemainingTimeInMillis: () => ms });

test('it knows models, addresses, providers and keys as its variables say', async () => {
  const seen = await askingHandler((ctx) => Promise.resolve(withAi(ctx)))(of(), within(60_000));
  expect(seen.ai.models).toEqual([{ provider: 'deepseek', model: 'deepseek-flash' }]);
  expect(seen.ai.addresses).toEqual({ http: false, privateNetworks: false });
  expect(seen.ai.provider('minimax').id).toBe('minimax');
  expect(Object.keys(seen.ai.sealer)).toEqual(['seal', 'open']);
  await expect(seen.ai.fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
});

test('out of time it is stopped with its reason, and is begun again by the machine', async () => {
  const handler = askingHandler(async (ctx) => {
    const { signal } = ctx as AiCtx;
    await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    throw signal?.reason;
  });
  const thrown = await handler(of(), within(15_050)).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Failure);
  expect(thrown).toMatchObject({ name: 'Failure', code: 'TASK_TIMED_OUT' });
});

test('a step that ended is not stopped afterwards', async () => {
  const signal = await askingHandler((ctx) => Promise.resolve((ctx as AiCtx).signal))(of(), within(15_020));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(signal?.aborted).toBe(false);
});
