// The golden exchanges of the contract sheet, both ways: our request is the golden request, the golden answer becomes our answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { TextRequest } from '../../../core/ai/schema.ts';
import { type Models, startModels } from '../../kit/models/index.ts';
import { shared } from '../../kit/shared.ts';
import { asking, failureOf, text } from './asking.ts';

const sheet = shared && readFileSync(join(shared, 'reference/providers.md'), 'utf8');

/** JSON blocks of a section of the sheet, in order. */
function goldens(section: string): Record<string, unknown>[] {
  const from = sheet!.indexOf(`### ${section} `);
  const to = sheet!.indexOf('\n### ', from + 5);
  const blocks = sheet!.slice(from, to).matchAll(/```json\n([\s\S]*?)```/g);
  return [...blocks].map(([, json]) => JSON.parse(json!) as Record<string, unknown>);
}

const shot = { index: z.int(), description: z.string() };
const Timed = z.object({ shots: z.array(z.object({ ...shot, seconds: z.number().optional() })) });
const Untimed = z.object({ shots: z.array(z.object(shot)) });
const schema = (of: z.ZodType) => ({ name: 'shot_list', jsonSchema: z.toJSONSchema(of) });

const english = {
  system: 'You split scripts into shots.',
  messages: [{ role: 'user', text: 'Scene 1: a lighthouse at dusk.' }],
} as const satisfies Partial<TextRequest>;
const said = { shots: [{ index: 1, description: 'Wide lighthouse' }] };

describe.runIf(sheet)('golden exchanges', () => {
  let server: Models;
  beforeAll(async () => {
    server = await startModels();
  });
  afterAll(() => server.close());

  /** Calls, with the golden answer for an answer, and gives what was sent. */
  async function exchange(provider: Parameters<typeof asking>[0], request: TextRequest, golden: unknown) {
    server.next({ status: 200, body: golden });
    const answer = await text(server, provider, request);
    return { answer, sent: server.log.at(-1)!.body };
  }
  const failing = async (provider: Parameters<typeof asking>[0], status: number, golden: unknown, headers = {}) => {
    server.next({ status, body: golden, headers });
    return (await failureOf(text(server, provider, asking(provider)))).facts;
  };

  test('OpenAI', async () => {
    const [request, answer, refusal, cut, limit, quota] = goldens('8.1');
    const ours = asking('openai', 'schema', { ...english, schema: schema(Timed), effort: 'low' });
    const first = await exchange('openai', ours, answer);
    expect(first.sent).toEqual(request);
    expect(JSON.parse(first.answer.text)).toEqual({ shots: [{ ...said.shots[0], seconds: 5 }] });
    expect(first.answer).toMatchObject({ finish: 'stop', requestId: 'resp_stub_1', usage: { input: 120, output: 64, cached: 0, reasoning: 30 } }); // biome-ignore format: one thought
    expect(await failing('openai', 200, refusal)).toMatchObject({ kind: 'moderation', stage: 'output', usage: { input: 50, output: 9 } }); // biome-ignore format: one thought
    expect((await exchange('openai', ours, cut)).answer).toMatchObject({ finish: 'length', text: '', usage: { output: 16, reasoning: 16 } }); // biome-ignore format: one thought
    const headers = { 'retry-after': '2', 'x-ratelimit-remaining-requests': '0', 'x-request-id': 'req_stub_9' };
    expect(await failing('openai', 429, limit, headers)).toMatchObject({ kind: 'rate_limited', retryAfterMs: 2000, requestId: 'req_stub_9' }); // biome-ignore format: one thought
    expect(await failing('openai', 429, quota)).toMatchObject({ kind: 'quota', providerCode: 'insufficient_quota' });
  });

  test('Anthropic', async () => {
    const [request, answer, refusal, tool, overloaded, spent, sampling] = goldens('8.2');
    const ours = asking('anthropic', 'schema', { ...english, schema: schema(Untimed) });
    const first = await exchange('anthropic', ours, answer);
    expect(first.sent).toEqual(request);
    expect(JSON.parse(first.answer.text)).toEqual(said);
    expect(first.answer.usage).toEqual({ input: 110, output: 40, cached: 0, reasoning: 0 });
    expect(JSON.parse((await exchange('anthropic', { ...ours, method: 'tool' }, tool)).answer.text)).toEqual(said);
    expect(await failing('anthropic', 200, refusal)).toMatchObject({ kind: 'moderation', stage: 'output' });
    expect(await failing('anthropic', 529, overloaded)).toMatchObject({ kind: 'retryable', requestId: 'req_stub_1' });
    expect(await failing('anthropic', 429, spent)).toMatchObject({ kind: 'quota' });
    expect(await failing('anthropic', 400, sampling)).toMatchObject({ kind: 'invalid' });
  });

  test('Gemini', async () => {
    const [request, answer, blocked] = goldens('8.3');
    const ours = asking('gemini', 'schema', { ...english, schema: schema(Untimed) });
    const first = await exchange('gemini', ours, answer);
    expect(first.sent).toEqual(request);
    expect(server.log.at(-1)!.path).toBe('/gemini/v1beta/models/gemini-3.8-flash:generateContent');
    expect(JSON.parse(first.answer.text)).toEqual(said);
    expect(first.answer.usage).toEqual({ input: 90, output: 65, cached: 0, reasoning: 25 });
    expect(await failing('gemini', 200, blocked)).toMatchObject({ kind: 'moderation', stage: 'input' });
  });

  test('Doubao', async () => {
    const all = goldens('8.4');
    const [request, answer] = all;
    const ours = asking('doubao', 'schema', {
      system: '只输出 JSON。',
      messages: [{ role: 'user', text: '第一场：黄昏的灯塔。' }],
      schema: schema(Untimed),
      effort: 'none',
    });
    const first = await exchange('doubao', ours, answer);
    expect(first.sent).toEqual(request);
    expect(JSON.parse(first.answer.text)).toEqual({ shots: [{ index: 1, description: '灯塔全景' }] });
    expect(await failing('doubao', 429, all.at(-2))).toMatchObject({ kind: 'rate_limited' });
    expect(await failing('doubao', 403, all.at(-1))).toMatchObject({ kind: 'quota' });
  });

  test('DeepSeek', async () => {
    const [request, answer, overloaded, empty, broke] = goldens('8.5');
    const ours = asking('deepseek', 'json_object', { ...english, schema: schema(Untimed), effort: 'none' });
    const first = await exchange('deepseek', ours, answer);
    // the system text is ours; the golden one has the word json and an example in it, and so must it
    const [system, ...turns] = first.sent.messages as { content: string }[];
    const [, ...goldenTurns] = request!.messages as unknown[];
    expect({ ...first.sent, messages: turns }).toEqual({ ...request, messages: goldenTurns });
    expect(system!.content).toContain('json');
    expect(system!.content).toContain('{"shots":[{"index":1,"description":"…"}]}');
    expect(JSON.parse(first.answer.text)).toEqual(said);
    expect(await failing('deepseek', 200, overloaded)).toMatchObject({ kind: 'retryable' });
    expect(await failing('deepseek', 200, empty)).toMatchObject({ kind: 'invalid_output' });
    expect(await failing('deepseek', 402, broke)).toMatchObject({ kind: 'quota' });
  });

  test('Yunwu', async () => {
    const [quota, channel] = goldens('8.6').slice(-2);
    expect(await failing('yunwu', 403, quota)).toMatchObject({ kind: 'quota', requestId: 'stub' });
    expect(await failing('yunwu', 503, channel)).toMatchObject({ kind: 'retryable' });
  });
});
