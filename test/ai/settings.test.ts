// What the settings show of providers and models, who would be asked, and how providers stand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failed, guarded } from '../../core/ai/breaker.ts';
import { addKey } from '../../core/ai/keys/add.ts';
import { testKey } from '../../core/ai/keys/probe.ts';
import { object } from '../../core/ai/object.ts';
import { getUse, health, listModels, listProviders, setUse } from '../../core/ai/settings/index.ts';
import { getPolicy, setPolicy } from '../../core/ai/settings/policy.ts';
import { total } from '../../core/ai/usage/total.ts';
import type { Failure } from '../../core/platform/failure.ts';
import { aCall, answered, aStage, rowsOf, type Stage, usageOf } from './stage.ts';

const key = 'sk-canary-settings-4kWq';
const flash = { provider: 'deepseek', model: 'deepseek-flash' } as const;

let s: Stage;
beforeAll(async () => {
  s = await aStage();
  s.scripted.say(answered);
});
afterAll(() => s.t.stop());

const viewer = () => s.as(s.t.as('viewer'));
const providers = async () => (await listProviders(viewer(), {})).items;
const provider = async (wanted: string) => (await providers()).find(({ id }) => id === wanted);
let made = 0;
const own = (more: object = {}) => addKey(s.ctx, { provider: 'openai', label: `工作室 ${++made}`, key, ...more });

describe('providers', () => {
  test('are all there, with what they can do and whether there is a key for them', async () => {
    expect((await providers()).map(({ id }) => id)).toEqual([
      'openai', 'anthropic', 'gemini', 'doubao', 'deepseek', 'yunwu', 'minimax', 'compatible', 'builtin',
    ]); // biome-ignore format: one list
    expect(await provider('deepseek')).toEqual({
      id: 'deepseek',
      configured: true,
      ownKeys: 0,
      platformKey: true,
      capabilities: ['text'],
      baseUrl: 'https://api.deepseek.com',
      slots: 8,
      models: expect.arrayContaining(['deepseek-flash']),
    });
    expect(await provider('compatible')).toMatchObject({ configured: false, baseUrl: null, models: [] });
    expect(await provider('builtin')).toMatchObject({ configured: true, capabilities: ['text', 'image'], slots: null });
  });

  test('count only the keys that the policy lets run', async () => {
    const lone = await aStage();
    await setPolicy(lone.ctx, { version: 0, keys: 'own_only', slots: { openai: 3 } });
    const openai = async () => (await listProviders(lone.ctx, {})).items[0];
    expect(await openai()).toMatchObject({ configured: false, platformKey: true, slots: 3 });
    await addKey(lone.ctx, { provider: 'openai', label: 'own', key });
    await addKey(lone.ctx, { provider: 'openai', label: 'off', key, on: false });
    expect(await openai()).toMatchObject({ configured: true, ownKeys: 1 });
    await lone.t.stop();
  });
});

describe('keys of a tenant', () => {
  test('are fifty at most: one more is refused in the language of the reader, with what to do', async () => {
    const lone = await aStage();
    for (let at = 1; at <= 50; at++) await addKey(lone.ctx, { provider: 'openai', label: `第 ${at} 把`, key });
    const said = await addKey(lone.ctx, { provider: 'openai', label: '再一把', key }).catch((error: Failure) => error);
    expect(said).toMatchObject({ code: 'CONFLICT' });
    expect((said as Failure).say('zh-CN')).toContain('已有 50 个模型密钥，达到上限，请先删除不用的');
    expect((said as Failure).say('en')).toContain('delete one first');
    await lone.t.stop();
  });
});

describe('models', () => {
  const models = async (of: 'deepseek' | 'compatible' | 'openai') =>
    (await listModels(viewer(), { provider: of })).items;

  test('have limits, prices with their dates, and are usable where a key leads to them', async () => {
    const [first] = await models('deepseek');
    expect(first).toMatchObject({ id: 'deepseek-flash', status: 'ga', usable: true, context: 1_000_000 });
    expect(first?.prices).toEqual([
      { from: '2026-10-01', currency: 'CNY', input: 1, cached: 0.02, output: 4, peak: 2 },
    ]);
    expect((await listModels(viewer(), {})).checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await models('compatible')).toEqual([]);
  });

  test('that a key names are among them, with the price its owner typed', async () => {
    const price = { currency: 'CNY', input: 2, output: 8 } as const;
    const baseUrl = 'https://models.example.com/v1';
    await own({ provider: 'compatible', baseUrl, models: [{ id: 'mine', price }, { id: 'other' }] });
    expect(await models('compatible')).toMatchObject([
      { id: 'mine', status: 'unknown', usable: true, prices: [price] },
      { id: 'other', status: 'unknown', usable: true, prices: [] },
    ]);
    expect((await listModels(s.as(s.t.other), { provider: 'compatible' })).items).toEqual([]);
  });
});

describe('the policy for one kind of work', () => {
  test('says who would be asked now, in order, and falls back to the models for all work', async () => {
    const { id, label } = await own();
    const luna = { provider: 'openai', model: 'gpt-6-luna' } as const;
    const set = await setUse(s.ctx, { use: 'storyboard', version: 0, models: [luna, flash] });
    expect(set).toEqual({
      use: 'storyboard',
      models: [luna, flash],
      asked: [
        { ...luna, mode: 'byok', keyId: id, keyLabel: label, priceKnown: true },
        { ...luna, mode: 'platform', keyId: null, keyLabel: null, priceKnown: true },
        { ...flash, mode: 'platform', keyId: null, keyLabel: null, priceKnown: true },
      ],
      drafts: true,
      version: 1,
    });
    expect(await getUse(viewer(), { use: 'extract' })).toMatchObject({ models: [], asked: [flash] });
    expect((await getPolicy(s.ctx, {})).modelsFor).toEqual({ storyboard: [luna, flash] });
    const emptied = await setUse(s.ctx, { use: 'storyboard', version: 1, models: [] });
    expect(emptied).toMatchObject({ models: [], asked: [flash], version: 2 });
  });

  test('is changed by administrators at its newest version only, and leaves an audit line', async () => {
    const models = [flash];
    await expect(setUse(s.ctx, { use: 'write', models })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' });
    await expect(setUse(s.ctx, { use: 'write', models, version: 0 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await expect(setUse(s.as(s.t.as('producer')), { use: 'write', models, version: 2 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const lines = await rowsOf(s.ctx, 'AUDIT#');
    expect(lines.filter(({ verb }) => verb === 'policy.set_use')).toHaveLength(2);
    expect(await getUse(s.as(s.t.other), { use: 'storyboard' })).toMatchObject({ version: 0, asked: [flash] });
  });
});

describe('health', () => {
  const accounts = async (of: string) =>
    (await health(viewer(), {})).items.find((item) => item.provider === of)?.accounts ?? [];

  test('is closed and silent while nothing is wrong; without a key there is none', async () => {
    expect(await accounts('gemini')).toEqual([
      {
        mode: 'platform',
        keyId: null,
        keyLabel: null,
        circuit: 'closed',
        failures: 0,
        lastFailure: null,
        code: null,
        message: null,
        retryAt: null,
        testedAt: null,
        testCode: null,
      },
    ]);
    expect((await health(s.as(s.t.other), {})).items.map((item) => item.provider)).not.toContain('compatible');
  });

  test('tells of each key what it last failed with, whether it is asked, and what to do', async () => {
    const account = { baseUrl: 'https://api.anthropic.com', key: 'sk-canary-anthropic-9sLd' };
    const { id } = await own({ provider: 'anthropic', label: '备用', key: account.key });
    const who = guarded('anthropic', account);
    await failed(s.ctx, who, 'retryable');
    const [first, second] = await accounts('anthropic');
    expect(first).toMatchObject({
      keyId: id,
      keyLabel: '备用',
      circuit: 'closed',
      failures: 1,
      lastFailure: 'retryable',
    });
    expect(second).toMatchObject({ mode: 'platform', circuit: 'closed', failures: 0 });
    await failed(s.ctx, who, 'quota');
    expect((await accounts('anthropic'))[0]).toMatchObject({
      circuit: 'open',
      lastFailure: 'quota',
      code: 'PROVIDER_QUOTA',
      message: expect.stringMatching(/Top it up/),
      retryAt: expect.any(Number),
    });
    s.t.pass(31_000);
    expect((await accounts('anthropic'))[0]).toMatchObject({ circuit: 'half_open', lastFailure: 'quota' });
    await testKey(s.ctx, { id });
    expect((await accounts('anthropic'))[0]).toMatchObject({ circuit: 'closed', lastFailure: null, testCode: null });
  });

  test('counts the calls of today, and those that failed', async () => {
    const task = await s.aTask();
    await object(s.ctx, aCall(task));
    s.scripted.say({ fails: 'moderation' });
    await expect(object(s.ctx, aCall(task))).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    s.scripted.say(answered);
    for (const { id } of await usageOf(s.ctx, task)) await total(s.ctx, id);
    const deepseek = (await health(viewer(), {})).items.find((item) => item.provider === 'deepseek');
    expect(deepseek?.today).toEqual({ calls: 2, failed: 1 });
  });

  test('of a key that cannot be opened says so', async () => {
    const lone = await aStage();
    const { id } = await addKey(lone.ctx, { provider: 'openai', label: 'own', key });
    Object.assign(lone.ctx.ai, { sealer: { ...lone.ctx.ai.sealer, open: () => Promise.reject(new Error(key)) } });
    const { items } = await health(lone.ctx, {});
    expect(items[0]?.accounts[0]).toMatchObject({ keyId: id, circuit: 'unknown', code: 'KEY_UNREADABLE' });
    expect(JSON.stringify(items)).not.toContain('canary');
    await lone.t.stop();
  });
});
