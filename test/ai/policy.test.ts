// A tenant's policy: which models for which work, with whose keys.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addKey } from '../../core/ai/keys/add.ts';
import { routesOf } from '../../core/ai/route.ts';
import { getPolicy, setPolicy } from '../../core/ai/settings/policy.ts';
import { aStage, type Stage } from './stage.ts';

let s: Stage;
let version = 0;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

const set = async (change: Omit<Parameters<typeof setPolicy>[1], 'version'>) => {
  ({ version } = await setPolicy(s.ctx, { ...change, version }));
};
const routed = async (use: 'extract' | 'write' = 'extract') =>
  (await routesOf(s.ctx, { use })).routes.map(({ model, account }) => `${account.mode} ${model.provider} ${model.id}`);

describe('a policy', () => {
  test('that nobody has set asks the platform’s usual model, and allows drafts', async () => {
    expect(await getPolicy(s.t.as('viewer'), {})).toMatchObject({
      models: [],
      keys: 'own_first',
      drafts: true,
      version: 0,
    });
    expect(await routed()).toEqual(['platform deepseek deepseek-flash']);
  });

  test('gives models in order, others for one kind of work, and slots', async () => {
    const [luna, flash] = [
      { provider: 'openai', model: 'gpt-6-luna' },
      { provider: 'deepseek', model: 'deepseek-flash' },
    ] as const;
    await set({ models: [luna, flash], modelsFor: { write: [flash] }, slots: { openai: 2 } });
    expect(await routed()).toEqual(['platform openai gpt-6-luna', 'platform deepseek deepseek-flash']);
    expect(await routed('write')).toEqual(['platform deepseek deepseek-flash']);
    expect((await routesOf(s.ctx, { use: 'extract' })).routes.map(({ slots }) => slots)).toEqual([2, 8]);
  });

  test('says whose keys run', async () => {
    await addKey(s.ctx, { provider: 'openai', label: 'own', key: 'sk-0123456789abcdef' });
    expect(await routed()).toEqual([
      'byok openai gpt-6-luna',
      'platform openai gpt-6-luna',
      'platform deepseek deepseek-flash',
    ]);
    await set({ keys: 'own_only' });
    expect(await routed()).toEqual(['byok openai gpt-6-luna']);
    await set({ keys: 'platform_only' });
    expect(await routed()).toEqual(['platform openai gpt-6-luna', 'platform deepseek deepseek-flash']);
  });

  test('gives way to the plan of a task', async () => {
    const models = [{ provider: 'minimax', model: 'MiniMax-M3' }] as const;
    const { routes } = await routesOf(s.ctx, { use: 'extract', models });
    expect(routes.map(({ model }) => model.id)).toEqual(['MiniMax-M3']);
  });

  test('is changed by administrators at its newest version only', async () => {
    await expect(setPolicy(s.ctx, { version: 0, drafts: false })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: version },
    });
    await expect(setPolicy(s.t.as('producer'), { version, drafts: false })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      setPolicy(s.ctx, { version, models: [{ provider: 'builtin' as 'openai', model: 'x' }] }),
    ).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('is the tenant’s alone', async () => {
    expect(await getPolicy(s.t.other, {})).toMatchObject({ models: [], version: 0 });
  });
});
