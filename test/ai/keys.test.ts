// Keys of the tenant's own: sealed, bound to their tenant, used, rotated, forgotten; and never seen again.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AiCtx } from '../../core/ai/ai.ts';
import { guardedFetch } from '../../core/ai/guarded-fetch.ts';
import { addKey } from '../../core/ai/keys/add.ts';
import { listKeys, removeKey, rotateKey, updateKey } from '../../core/ai/keys/change.ts';
import { envelope } from '../../core/ai/keys/envelope.ts';
import { testKey } from '../../core/ai/keys/probe.ts';
import { object } from '../../core/ai/object.ts';
import { textProvider } from '../../core/ai/registry.ts';
import { listModels } from '../../core/ai/settings/models.ts';
import * as Audit from '../../core/audit/index.ts';
import { getBlob } from '../../core/platform/blob.ts';
import { startModels } from '../kit/models/index.ts';
import { dataKeys } from './data-keys.ts';
import { aCall, answered, aStage, type Stage, usageOf, used } from './stage.ts';

const canary = 'sk-canary-QkXv81LmZp4tYw77';
const second = 'sk-canary-2-Nr5Ua09BcDe3Hs';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());
beforeEach(() => {
  s.scripted.requests.length = 0;
  s.scripted.say(answered);
});

let made = 0;
const add = (more: object = {}) =>
  addKey(s.ctx, { provider: 'openai', label: `工作室 ${++made}`, key: canary, ...more });
const models = [{ provider: 'openai', model: 'gpt-6-luna' }] as const;

describe('sealing', () => {
  const context = { tenant: 't1', provider: 'openai' };

  test('gives another text for the same key each time, and the key again for the same context', async () => {
    const sealer = envelope(dataKeys());
    const [a, b] = [await sealer.seal(canary, context), await sealer.seal(canary, context)];
    expect(a.text).not.toBe(b.text);
    expect(a.dataKey).not.toBe(b.dataKey);
    expect(await sealer.open(a, context)).toBe(canary);
  });

  test('another tenant, another provider or a changed letter opens nothing', async () => {
    const sealer = envelope(dataKeys());
    const sealed = await sealer.seal(canary, context);
    await expect(sealer.open(sealed, { ...context, tenant: 't2' })).rejects.toThrow();
    await expect(sealer.open(sealed, { ...context, provider: 'gemini' })).rejects.toThrow();
    for (const part of ['dataKey', 'nonce', 'tag', 'text'] as const) {
      const bytes = Buffer.from(sealed[part], 'base64');
      bytes[3] = (bytes[3] ?? 0) ^ 1;
      await expect(sealer.open({ ...sealed, [part]: bytes.toString('base64') }, context)).rejects.toThrow();
    }
  });
});

describe('a stored key', () => {
  test('shows its last four characters and nothing more', async () => {
    const key = await add();
    expect(key).toMatchObject({ provider: 'openai', label: '工作室 1', lastFour: 'Yw77', on: true, testedAt: null });
    expect(JSON.stringify(await listKeys(s.ctx, {}))).not.toContain('canary');
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });

  test('runs before the platform’s, and its mode is on the row', async () => {
    const key = await add();
    const task = await s.aTask();
    expect(await object(s.ctx, aCall(task, { models }))).toMatchObject({ by: { mode: 'byok' } });
    expect(s.scripted.requests[0]?.account.key).toBe(canary);
    expect(await usageOf(s.ctx, task)).toMatchObject([{ mode: 'byok', account: key.id }]);
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });

  test('that is refused gives way to the next in order', async () => {
    const dead = 'sk-canary-dead-8fJ2kQ';
    const keys = [await add({ priority: 2, key: second }), await add({ priority: 1, key: dead })];
    s.scripted.say((_, account) => (account.key === dead ? { fails: 'auth' } : answered));
    await object(s.ctx, aCall(await s.aTask(), { models }));
    expect(s.scripted.requests.map(({ account }) => account.key)).toEqual([dead, second]);
    for (const { id } of keys) await removeKey(s.ctx, { id, version: 1 });
  });

  test.each([
    ['an unusable answer', 'I am sorry', 'MODEL_ANSWER_UNUSABLE', 2],
    ['a blocked prompt', { fails: 'moderation', usage: used }, 'PROMPT_BLOCKED', 1],
    ['an answer without end', { text: '{', finish: 'length' }, 'MODEL_ANSWER_TRUNCATED', 3],
  ] as const)(
    'of a model that gave %s: the platform does not ask and pay that model again, but the next one',
    async (_, said, code, times) => {
      const key = await add();
      const asked = () => s.scripted.requests.map(({ account }) => account.key);
      s.scripted.say(said);
      await expect(object(s.ctx, aCall(await s.aTask(), { models }))).rejects.toMatchObject({ code });
      expect(asked()).toEqual(Array.from({ length: times }, () => canary));
      const chain = [...models, { provider: 'deepseek', model: 'deepseek-flash' }] as const;
      s.scripted.say((_, account) => (account.key === canary ? said : answered));
      const next = await object(s.ctx, aCall(await s.aTask(), { models: chain }));
      expect(next).toMatchObject({ by: { provider: 'deepseek' } });
      expect(asked()).toHaveLength(2 * times + 1);
      await removeKey(s.ctx, { id: key.id, version: 1 });
    },
  );

  test.each(['auth', 'quota', 'retryable', 'invalid'] as const)(
    'that a provider lets down (%s) gives way to the platform’s for the same model',
    async (fails) => {
      const key = await add({ key: `sk-canary-${fails}-Vb8Qw2` });
      s.scripted.say((_, { key }) => (key.startsWith('platform-') ? answered : { fails }));
      const said = await object(s.ctx, aCall(await s.aTask(), { models }));
      expect(said).toMatchObject({ by: { provider: 'openai', mode: 'platform' } });
      await removeKey(s.ctx, { id: key.id, version: 1 });
    },
  );

  test('of one server says nothing of a model of the same name at another', async () => {
    const server = (host: string) => ({ provider: 'compatible', baseUrl: `https://${host}.example.com/v1` });
    const keys = [await add({ ...server('one'), priority: 1 }), await add({ ...server('two'), priority: 2 })];
    s.scripted.say((_, { baseUrl }) => (baseUrl.includes('one') ? 'I am sorry' : answered));
    await object(s.ctx, aCall(await s.aTask(), { models: [{ provider: 'compatible', model: 'mine' }] }));
    expect(s.scripted.requests).toHaveLength(3);
    for (const { id } of keys) await removeKey(s.ctx, { id, version: 1 });
  });

  test('works on while the platform’s own cannot be read; without one that is told', async () => {
    const hiccup = new Error('Rate exceeded');
    const ctx: AiCtx = { ...s.ctx, ai: { ...s.ctx.ai, secrets: () => Promise.reject(hiccup) } };
    const chain = [{ provider: 'deepseek', model: 'deepseek-flash' }, ...models] as const;
    await expect(object(ctx, aCall(await s.aTask(), { models: chain }))).rejects.toBe(hiccup);
    const key = await add();
    expect(await object(ctx, aCall(await s.aTask(), { models: chain }))).toMatchObject({
      by: { provider: 'openai', mode: 'byok' },
    });
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });

  test('that is switched off, of other models, or deleted is not used', async () => {
    const key = await add({ on: false });
    await object(s.ctx, aCall(await s.aTask(), { models }));
    const { version } = await updateKey(s.ctx, { id: key.id, version: 1, on: true, models: [{ id: 'gpt-6.1-sol' }] });
    await object(s.ctx, aCall(await s.aTask(), { models }));
    await removeKey(s.ctx, { id: key.id, version });
    await object(s.ctx, aCall(await s.aTask(), { models }));
    expect(s.scripted.requests.map(({ account }) => account.key.startsWith('platform-'))).toEqual([true, true, true]);
  });

  test('that was rotated is the new one at once', async () => {
    const key = await add();
    await object(s.ctx, aCall(await s.aTask(), { models }));
    const rotated = await rotateKey(s.ctx, { id: key.id, version: 1, key: second });
    expect(rotated).toMatchObject({ lastFour: 'e3Hs', version: 2 });
    await object(s.ctx, aCall(await s.aTask(), { models }));
    expect(s.scripted.requests.map(({ account }) => account.key)).toEqual([canary, second]);
    await removeKey(s.ctx, { id: key.id, version: 2 });
  });

  test('that the key service will not open any more works for five minutes at most', async () => {
    const lone = await aStage();
    const key = await addKey(lone.ctx, {
      provider: 'compatible',
      label: 'own',
      key: canary,
      baseUrl: 'https://models.example.com/v1/',
    });
    lone.scripted.say(answered);
    const asked = async () =>
      object(lone.ctx, aCall(await lone.aTask(), { models: [{ provider: 'compatible', model: 'mine' }] }));
    expect(await asked()).toMatchObject({ by: { provider: 'compatible', model: 'mine', mode: 'byok' } });
    const refusing = { ...lone.ctx.ai.sealer, open: () => Promise.reject(new Error(`AccessDenied ${canary}`)) };
    Object.assign(lone.ctx.ai, { sealer: refusing });
    await asked();
    lone.t.pass(5 * 60_000 + 1);
    await expect(asked()).rejects.toMatchObject({ code: 'KEY_UNREADABLE', details: { key_id: key.id } });
    await lone.t.stop();
  });

  test('of a server of one’s own has the limits its owner says; of a model we know, ours', async () => {
    const limits = { context: 64_000, maxOutput: 16_000 };
    const { id, models: kept } = await addKey(s.ctx, {
      provider: 'compatible', label: 'own', key: canary, baseUrl: 'https://models.example.com/v1', models: [{ id: 'large', ...limits }],
    }); // biome-ignore format: one thought
    const other = await addKey(s.ctx, {
      provider: 'openai',
      label: 'known',
      key: canary,
      models: [{ id: 'gpt-6-luna', ...limits }],
    });
    expect(kept).toEqual([{ id: 'large', ...limits }]);
    const { items } = await listModels(s.ctx, {});
    expect(items.find((one) => one.id === 'large')).toMatchObject(limits);
    expect(items.find((one) => one.provider === 'openai' && one.id === 'gpt-6-luna')).toMatchObject({
      maxOutput: 128_000,
    });
    const call = (model: string) =>
      aCall('none', { models: [{ provider: 'compatible', model }], maxOutputTokens: 20_000 });
    const task = await s.aTask();
    s.scripted.requests.length = 0;
    await object(s.ctx, { ...call('large'), task });
    expect(s.scripted.requests.map(({ request }) => request.maxOutputTokens)).toEqual([16_000]);
    await removeKey(s.ctx, { id, version: 1 });
    await removeKey(s.ctx, { id: other.id, version: 1 });
  });

  test('of a server of one’s own costs what its owner says', async () => {
    const price = { currency: 'CNY', input: 2, output: 8 } as const;
    const key = await addKey(s.ctx, {
      provider: 'compatible',
      label: 'own',
      key: canary,
      baseUrl: 'https://models.example.com/v1',
      models: [{ id: 'mine', price }],
    });
    const task = await s.aTask();
    await object(s.ctx, aCall(task, { models: [{ provider: 'compatible', model: 'mine' }] }));
    expect(await usageOf(s.ctx, task)).toMatchObject([{ micros: 2 * used.input + 8 * used.output, currency: 'CNY' }]);
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });
});

describe('testing a key', () => {
  test('says that it works, or what to do, and remembers it', async () => {
    const key = await add();
    expect(await testKey(s.ctx, { id: key.id })).toMatchObject({ ok: true, code: null });
    s.scripted.say({ fails: 'quota' });
    expect(await testKey(s.ctx, { id: key.id })).toMatchObject({
      ok: false,
      code: 'PROVIDER_QUOTA',
      message: expect.stringMatching(/Top it up/),
    });
    const [listed] = (await listKeys(s.ctx, {})).items;
    expect(listed).toMatchObject({ testCode: 'PROVIDER_QUOTA', testedAt: expect.any(Number), version: 1 });
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });

  test('leaves a line with how it went and never the key, also of one that was changed meanwhile', async () => {
    const key = await add();
    const outcomes = async () => {
      const { items } = await Audit.list(s.ctx, { verb: 'key.test', object: key.id });
      expect(JSON.stringify(items)).not.toContain('canary');
      return items.map(({ actor, ip, after }) => [actor, ip, after?.provider, after?.outcome]);
    };
    const who = [s.ctx.actor.id, '203.0.113.7', 'openai'];
    await testKey(s.ctx, { id: key.id });
    s.scripted.say({ fails: 'quota' });
    await testKey(s.ctx, { id: key.id });
    expect(await outcomes()).toEqual([
      [...who, 'PROVIDER_QUOTA'],
      [...who, 'answered'],
    ]);
    s.scripted.say(async () => {
      await updateKey(s.ctx, { id: key.id, version: 1, priority: 7 });
      return answered;
    });
    expect(await testKey(s.ctx, { id: key.id })).toMatchObject({ ok: true });
    expect((await outcomes())[0]).toEqual([...who, 'answered']);
    expect(await outcomes()).toHaveLength(3);
    await removeKey(s.ctx, { id: key.id, version: 2 });
  });
});

describe('an address that is a name', () => {
  test('is judged by what it resolves to when the key is tried: inside our own network nobody is asked', async () => {
    const rules = { http: true, privateNetworks: false };
    const ai = { ...s.ctx.ai, addresses: rules, provider: textProvider, fetch: guardedFetch(rules) };
    const models = await startModels();
    const address = models.baseUrl('compatible').replace('127.0.0.1', 'localhost');
    const own = {
      provider: 'compatible' as const,
      label: 'sly',
      key: canary,
      baseUrl: address,
      models: [{ id: 'mine' }],
    };
    const key = await addKey({ ...s.ctx, ai } as AiCtx, own);
    const tried = await testKey({ ...s.ctx, ai } as AiCtx, { id: key.id });
    expect(tried).toMatchObject({ ok: false, code: 'BASE_URL_REFUSED' });
    expect(models.log).toEqual([]);
    await models.close();
    await removeKey(s.ctx, { id: key.id, version: 1 });
  });
});

describe('refused', () => {
  test.each([
    [{ key: '' }, 'INVALID_REQUEST'],
    [{ key: `${canary}\r\nx-evil: 1` }, 'INVALID_REQUEST'],
    [{ key: '密钥' }, 'INVALID_REQUEST'],
    [{ provider: 'compatible' }, 'INVALID_REQUEST'],
    [{ baseUrl: 'http://models.example.com' }, 'BASE_URL_REFUSED'],
    [{ baseUrl: 'https://169.254.169.254/latest' }, 'BASE_URL_REFUSED'],
    [{ baseUrl: 'https://user:secret@models.example.com' }, 'BASE_URL_REFUSED'],
    [{ provider: 'builtin' }, 'INVALID_REQUEST'],
    [{ label: `my key ${canary}` }, 'INVALID_REQUEST'],
    [{ baseUrl: `https://${canary}` }, 'INVALID_REQUEST'],
    [{ models: [{ id: canary }] }, 'INVALID_REQUEST'],
  ])('%o: %s', async (wrong, code) => {
    const refused = add(wrong);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.not.toMatchObject({ details: { reason: expect.stringContaining('canary') } });
  });

  test('a new address without the key again: it would be sent there', async () => {
    const key = await add();
    const sly = { id: key.id, version: 1, baseUrl: 'https://elsewhere.example.com' };
    expect((await updateKey(s.ctx, sly)).baseUrl).toBeNull();
    await removeKey(s.ctx, { id: key.id, version: 2 });
  });

  test('an old version, to everybody who is no administrator, and to other tenants', async () => {
    const key = await add();
    await updateKey(s.ctx, { id: key.id, version: 1, label: '二号' });
    await expect(rotateKey(s.ctx, { id: key.id, version: 1, key: second })).rejects.toMatchObject({
      code: 'STALE_VERSION',
    });
    const [editor, other] = [s.as(s.t.as('producer')), s.as(s.t.other)];
    await expect(addKey(editor, { provider: 'openai', label: 'x', key: canary })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    for (const act of [
      updateKey(other, { id: key.id, version: 2, on: false }),
      rotateKey(other, { id: key.id, version: 2, key: second }),
      removeKey(other, { id: key.id, version: 2 }),
      testKey(other, { id: key.id }),
    ])
      await expect(act).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await listKeys(other, {})).items).toEqual([]);
    await removeKey(s.ctx, { id: key.id, version: 2 });
  });
});

test('after all of it no table, no stored answer, no error and no line on the console holds a key', async () => {
  const lines: string[] = [];
  const spies = (['log', 'warn', 'error', 'info'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words) => void lines.push(words.map(String).join(' '))),
  );
  const task = await s.aTask();
  await add();
  const failing = aCall(task, {
    models,
    prompt: { name: 'people', version: '1', system: '', messages: [{ role: 'user', text: '失败' }] },
  });
  s.scripted.say({ fails: 'moderation', usage: used });
  const error = await object(s.ctx, failing).catch((thrown: unknown) => thrown);
  s.scripted.say(answered);
  await object(s.ctx, aCall(task, { models }));
  for (const spy of spies) spy.mockRestore();
  const dump: unknown[] = [lines, String(error), JSON.stringify(error), (error as Error).stack, (error as Error).cause];
  const whole = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  for (const { table } of [s.t.stores.core, s.t.stores.audit, s.t.stores.ephemeral, s.t.stores.directory])
    dump.push((await whole.send(new ScanCommand({ TableName: table }))).Items);
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const { Contents = [] } = await s.t.stores.s3.send(new ListObjectsV2Command({ Bucket: s.t.stores.bucket }));
  expect(Contents.length).toBeGreaterThan(0);
  for (const { Key = '' } of Contents) dump.push(Buffer.from((await getBlob(s.ctx, Key)) ?? []).toString('utf8'));
  const all = JSON.stringify(dump);
  expect(all.length).toBeGreaterThan(10_000);
  for (const word of [canary, second, 'platform-openai', 'platform-deepseek']) {
    expect(all).not.toContain(word);
    expect(all).not.toContain(Buffer.from(word).toString('base64').replace(/=+$/, ''));
  }
});
