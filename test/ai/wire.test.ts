// The gateway over the wire: each provider's own protocol, failing in its own ways, ends in the answer, paid once, or in a reason.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { budgetOf } from '../../core/ai/budget.ts';
import { guardedFetch } from '../../core/ai/guarded-fetch.ts';
import { addKey } from '../../core/ai/keys/add.ts';
import { listKeys } from '../../core/ai/keys/change.ts';
import { testKey } from '../../core/ai/keys/probe.ts';
import { object } from '../../core/ai/object.ts';
import { textProvider } from '../../core/ai/registry.ts';
import { stream } from '../../core/ai/stream.ts';
import { type Models, startModels } from '../kit/models/index.ts';
import { aCall, aStage, type Stage, usageOf } from './stage.ts';

const models = {
  openai: 'gpt-6-luna',
  anthropic: 'claude-haiku-5-5',
  gemini: 'gemini-3.8-flash',
  doubao: 'doubao-seed-2-1-pro-260915',
  deepseek: 'deepseek-flash',
  yunwu: 'gpt-6-luna',
  minimax: 'MiniMax-M3',
  compatible: 'mine',
} as const;
type Provider = keyof typeof models;
const called = Object.keys(models) as Provider[];

const people = { people: [{ name: '谢灯儿', age: 19 }, { name: '李砚' }] };
const story = '灯塔亮了。海上起雾，船鸣了三声。'.repeat(12);
const price = { currency: 'CNY', input: 1, output: 4 } as const;
const rules = { http: true, privateNetworks: true };

let s: Stage;
let server: Models;
beforeAll(async () => {
  server = await startModels({ reply: (asked) => (asked.schema ? people : story) });
  s = await aStage();
  const provider = (id: Provider) => textProvider(id);
  Object.assign(s.ctx.ai, { provider, fetch: guardedFetch(rules), addresses: rules });
  for (const id of called)
    await addKey(s.ctx, {
      provider: id,
      label: id,
      key: `key-of-${id}-0123`,
      baseUrl: server.baseUrl(id),
      models: [{ id: models[id], price }],
    });
});
afterAll(async () => {
  await Promise.all([s.t.stop(), server.close()]);
});
let asked = 0;
const empty = new Set<string | undefined>();
beforeEach(() => {
  asked = server.log.length;
  // a provider that was given rest in the test before is back
  s.t.pass(120_000);
});

const aText = (words: string) => ({
  name: 'wire',
  version: '1',
  system: '',
  messages: [{ role: 'user' as const, text: `${words} ${Math.random()}` }],
});

const aStream = (provider: Provider, task: string) =>
  ({
    use: 'write', project: 'prj_1', task, maxOutputTokens: 2000, prompt: aText(''),
    models: [{ provider, model: models[provider] }], onPiece: () => undefined,
  }) as const; // biome-ignore format: one thought

async function ask(provider: Provider, mark: string) {
  const task = await s.aTask();
  const call = aCall(task, { prompt: aText(mark), models: [{ provider, model: models[provider] }] });
  const ended = await object(s.ctx, call).catch((error: { code: string }) => error);
  const rows = await usageOf(s.ctx, task);
  expect(await budgetOf(s.ctx, task)).toEqual({
    cap: 1e9,
    spent: rows.reduce((sum, row) => sum + row.spent, 0),
    held: 0,
  });
  return { ended, rows, task, call };
}

describe.each(called)('%s', (provider) => {
  test('gives the object, counted and priced; asked again it is not called', async () => {
    const { ended, rows, call } = await ask(provider, '');
    expect(ended).toMatchObject({ value: people, by: { provider, mode: 'byok' } });
    expect(rows).toMatchObject([{ outcome: 'answered', micros: expect.any(Number), input: expect.any(Number) }]);
    expect(await object(s.ctx, call)).toMatchObject({ value: people, cached: true });
    expect(server.log.length - asked).toBe(1);
  });

  test.each([
    ['429=1', 2],
    ['500', 2],
    ['503', 2],
    ['reset', 2],
    ['html', 2],
    ['empty', 2],
    ['half-json', 2],
    ['wrong-schema', 2],
    ['truncated', 2],
    ['fenced', 1],
    ['prose', 1],
    ['no-usage', 1],
  ])('%s ends in the object after %i calls', async (mark, calls) => {
    server.next(mark);
    const { ended } = await ask(provider, '');
    expect(ended).toMatchObject({ value: people });
    expect(server.log.length - asked).toBe(calls);
    // nothing was said: the same is asked again, for there is no fault to tell
    if (mark === 'empty') empty.add(server.log[asked]?.fingerprint);
  });

  test.each([
    ['quota', 'PROVIDER_QUOTA'],
    ['refusal', 'PROMPT_BLOCKED'],
    ['wrong-schema', 'MODEL_ANSWER_UNUSABLE'],
  ])('%s ends in %s', async (mark, code) => {
    expect((await ask(provider, `[[stub:${mark}]]`)).ended).toMatchObject({ code });
  });

  test('streams a text, goes on where it broke off', async () => {
    const task = await s.aTask();
    const heard: string[] = [];
    const call = {
      use: 'write', project: 'prj_1', task, maxOutputTokens: 2000, prompt: aText(''),
      models: [{ provider, model: models[provider] }], onPiece: (piece: string) => void heard.push(piece),
    } as const; // biome-ignore format: one thought
    server.next('cut');
    const { text } = await stream(s.ctx, call);
    expect(text).toBe(heard.join(''));
    expect(text.endsWith(story.slice(-40))).toBe(true);
    expect(server.log.length - asked).toBe(2);
  });

  test('thinks for long, which is no silence', async () => {
    const call = { ...aStream(provider, await s.aTask()), idleMs: 300 };
    server.next('ponders=0.9');
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(server.log.length - asked).toBe(1);
  });

  test('falls silent, and is asked again', async () => {
    const call = { ...aStream(provider, await s.aTask()), idleMs: 300 };
    server.next('silence');
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(server.log.length - asked).toBe(2);
  });

  test('has its key tested', async () => {
    const row = (await listKeys(s.ctx, {})).items.find((one) => one.provider === provider);
    expect(await testKey(s.ctx, { id: row?.id ?? '' })).toMatchObject({ ok: true, model: models[provider] });
  });
});

test('an answer that was lost on its way is paid by estimate, and asked for again', async () => {
  server.next('cut');
  const { ended, rows } = await ask('deepseek', '');
  expect(ended).toMatchObject({ value: people });
  expect(rows).toMatchObject([{ outcome: 'retryable', estimated: true, attempt: 1 }, { outcome: 'answered' }]);
  expect(rows[0]?.input).toBeGreaterThan(0);
  expect(rows[0]?.spent).toBeGreaterThan(0);
  server.next('reset');
  const { rows: unanswered } = await ask('deepseek', '');
  expect(unanswered).toMatchObject([{ outcome: 'retryable', spent: 0 }, { outcome: 'answered' }]);
});

test('a line that is kept alive is no silence, but has its time', async () => {
  const call = { ...aStream('deepseek', await s.aTask()), idleMs: 200, timeoutMs: 900 };
  server.next('stall');
  const began = performance.now();
  expect(await stream(s.ctx, call)).toMatchObject({ text: story });
  expect(performance.now() - began).toBeGreaterThan(850);
  expect(server.log.length - asked).toBe(2);
});

test('no answer was paid twice, and every request was one the provider would take', () => {
  expect(server.paidTwice().filter((fingerprint) => !empty.has(fingerprint))).toEqual([]);
  expect(server.problems).toEqual([]);
});
