// What each provider is sent, in full.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { CalledProviderId } from '../../../core/ai/models.ts';
import { openaiOver } from '../../../core/ai/providers/openai.ts';
import type { Effort, StructuredMethod, TextRequest } from '../../../core/ai/schema.ts';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, called, canaryKey, models, streamed, text } from './asking.ts';

const Line = z.object({ who: z.string(), tone: z.enum(['warm', 'cold']).optional() });
const plain = { type: 'object', properties: { who: { type: 'string' }, tone: { type: 'string', enum: ['warm', 'cold'] } }, required: ['who'] }; // biome-ignore format: one thought
const closed = { ...plain, additionalProperties: false };
const strict = {
  ...closed,
  required: ['who', 'tone'],
  properties: { who: { type: 'string' }, tone: { type: ['string', 'null'], enum: ['warm', 'cold', null] } },
};

const request = (provider: CalledProviderId, method: StructuredMethod, effort?: Effort): TextRequest =>
  asking(provider, method, {
    system: '读台词。',
    messages: [{ role: 'user', text: '林晚：走吧。' }],
    schema: { name: 'line', jsonSchema: z.toJSONSchema(Line) },
    maxOutputTokens: 900,
    safetyId: 'u_7',
    ...(effort && { effort }),
  });

const turns = [{ role: 'user', content: '林晚：走吧。' }];
const chat = [{ role: 'system', content: '读台词。' }, ...turns];

describe('an object', () => {
  let server: Models;
  beforeAll(async () => {
    server = await startModels();
  });
  afterAll(async () => {
    await server.close();
    expect(server.problems).toEqual([]);
  });

  const sent = async (provider: CalledProviderId, method: StructuredMethod, effort?: Effort, baseUrl?: string) => {
    await text(server, provider, request(provider, method, effort), baseUrl === undefined ? {} : { baseUrl });
    return server.log.at(-1)!.body;
  };

  test('of OpenAI is asked for by a strict schema or a strict function, nothing stored', async () => {
    const base = { model: models.openai, store: false, max_output_tokens: 900, instructions: '读台词。', input: [{ role: 'user', content: [{ type: 'input_text', text: '林晚：走吧。' }] }], safety_identifier: 'u_7' }; // biome-ignore format: one thought
    expect(await sent('openai', 'schema', 'low')).toEqual({ ...base, reasoning: { effort: 'low' }, text: { format: { type: 'json_schema', name: 'line', strict: true, schema: strict } } }); // biome-ignore format: one thought
    expect(await sent('openai', 'tool')).toEqual({
      ...base,
      tools: [{ type: 'function', name: 'line', strict: true, parameters: strict }],
      tool_choice: { type: 'function', name: 'line' },
      parallel_tool_calls: false,
    });
  });

  test('of a model that OpenAI serves by chat alone goes there', async () => {
    const byChat = openaiOver(() => 'chat');
    const account = { baseUrl: server.baseUrl('openai'), key: canaryKey };
    const answer = await byChat.text(request('openai', 'schema', 'none'), account, {
      fetch,
      signal: AbortSignal.timeout(20_000),
    });
    expect(JSON.parse(answer.text)).toEqual({ who: '灯塔', tone: 'warm' });
    expect(server.log.at(-1)).toMatchObject({ path: '/openai/v1/chat/completions' });
    expect(server.log.at(-1)!.body).toEqual({
      model: models.openai,
      max_completion_tokens: 900,
      reasoning_effort: 'none',
      messages: chat,
      safety_identifier: 'u_7',
      response_format: { type: 'json_schema', json_schema: { name: 'line', strict: true, schema: strict } },
    });
  });

  test('of Anthropic is asked for by output_config, or by a strict tool; no sampling, version 2026-10-21', async () => {
    const base = { model: models.anthropic, max_tokens: 900, system: '读台词。', messages: turns, metadata: { user_id: 'u_7' } }; // biome-ignore format: one thought
    expect(await sent('anthropic', 'schema', 'none')).toEqual({ ...base, output_config: { effort: 'low', format: { type: 'json_schema', schema: closed } } }); // biome-ignore format: one thought
    expect(await sent('anthropic', 'tool')).toEqual({
      ...base,
      tools: [{ name: 'line', description: 'Takes the answer.', strict: true, input_schema: closed }],
      tool_choice: { type: 'tool', name: 'line', disable_parallel_tool_use: true },
    });
    expect(server.log.at(-1)!.headers.get('anthropic-version')).toBe('2026-10-21');
  });

  test('of a form that speaks of itself goes to Anthropic by a tool that is not strict', async () => {
    const Tree: z.ZodType = z.object({ name: z.string(), get parts() { return z.array(Tree).optional(); } }); // biome-ignore format: one thought
    await text(server, 'anthropic', { ...request('anthropic', 'schema'), schema: { name: 'tree', jsonSchema: z.toJSONSchema(Tree) } }); // biome-ignore format: one thought
    const [tool] = server.log.at(-1)!.body.tools as Record<string, unknown>[];
    expect(tool).toMatchObject({ name: 'tree' });
    expect(tool!.strict).toBeUndefined();
  });

  test('of Gemini is asked for by responseJsonSchema; the key goes in a header, not in the address', async () => {
    const base = { systemInstruction: { parts: [{ text: '读台词。' }] }, contents: [{ role: 'user', parts: [{ text: '林晚：走吧。' }] }] }; // biome-ignore format: one thought
    const config = { maxOutputTokens: 900, responseMimeType: 'application/json' };
    const schema = { type: 'object', properties: plain.properties, required: ['who'] };
    expect(await sent('gemini', 'schema', 'none')).toEqual({ ...base, generationConfig: { ...config, responseJsonSchema: schema, thinkingConfig: { thinkingLevel: 'low' } } }); // biome-ignore format: one thought
    expect(server.log.at(-1)!.path).toBe('/gemini/v1beta/models/gemini-3.8-flash:generateContent');
    expect(await sent('gemini', 'json_object')).toMatchObject({ generationConfig: config });
  });

  test('of Doubao is asked for as of OpenAI, its thinking switched', async () => {
    const base = { model: models.doubao, max_completion_tokens: 900, messages: chat, response_format: { type: 'json_schema', json_schema: { name: 'line', strict: true, schema: strict } } }; // biome-ignore format: one thought
    expect(await sent('doubao', 'schema', 'none')).toEqual({ ...base, thinking: { type: 'disabled' } });
    expect(await sent('doubao', 'schema', 'high')).toEqual({ ...base, thinking: { type: 'enabled' }, reasoning_effort: 'high' }); // biome-ignore format: one thought
  });

  test('of DeepSeek is asked for by json_object with the schema in words, or by a tool, strict at /beta', async () => {
    const body = await sent('deepseek', 'schema', 'none');
    expect(body).toMatchObject({ max_tokens: 900, thinking: { type: 'disabled' }, user_id: 'u_7', tool_choice: { type: 'function', function: { name: 'line' } } }); // biome-ignore format: one thought
    expect(body.tools).toEqual([
      { type: 'function', function: { name: 'line', parameters: { ...plain, required: ['who'] } } },
    ]);
    const beta = await sent('deepseek', 'tool', 'medium', `${server.baseUrl('deepseek')}/beta`);
    expect(beta.tools).toEqual([{ type: 'function', function: { name: 'line', strict: true, parameters: strict } }]);
    expect(beta).toMatchObject({ thinking: { type: 'enabled' }, reasoning_effort: 'high' });
    const spoken = await sent('deepseek', 'json_object');
    expect(spoken.response_format).toEqual({ type: 'json_object' });
    expect(JSON.stringify(spoken.messages)).toContain('For example, in form only');
  });

  test('of MiniMax is asked for in words, a tool beside them at most, for it documents no other way', async () => {
    const body = await sent('minimax', 'schema', 'none');
    expect(body).toMatchObject({ max_completion_tokens: 900, reasoning_split: true, thinking: { type: 'disabled' } });
    expect(Object.keys(body)).not.toContain('response_format');
    expect(JSON.stringify(body.messages)).toContain('json_schema');
    const tool = await sent('minimax', 'tool', 'low');
    expect(tool.tools).toEqual([{ type: 'function', function: { name: 'line', parameters: { ...plain } } }]);
    expect(tool).toMatchObject({ thinking: { type: 'adaptive' } });
  });

  test.each(['yunwu', 'compatible'] as const)(
    'of %s is asked for as of OpenAI, in the older words',
    async (provider) => {
      const base = { model: models[provider], max_tokens: 900, messages: chat };
      expect(await sent(provider, 'schema', 'none')).toEqual({ ...base, response_format: { type: 'json_schema', json_schema: { name: 'line', strict: true, schema: strict } } }); // biome-ignore format: one thought
      expect(await sent(provider, 'json_object', 'high')).toMatchObject({ reasoning_effort: 'high', response_format: { type: 'json_object' } }); // biome-ignore format: one thought
    },
  );

  test('of a studio’s own server without a key goes without one', async () => {
    await text(server, 'compatible', request('compatible', 'json_object'), { key: '' });
    expect(server.log.at(-1)!.headers.has('authorization')).toBe(false);
  });

  test.each(called)('of %s is the same when streamed, but for what asks for the stream', async (provider) => {
    const whole = await sent(provider, 'prompt');
    await streamed(server, provider, request(provider, 'prompt'));
    const { stream: _, stream_options: __, ...rest } = server.log.at(-1)!.body;
    expect(rest).toEqual(whole);
    expect(server.log.at(-1)!.headers.get('accept')).toBe('text/event-stream');
  });
});

test('an address of Anthropic that was typed with the version in it is the same address', async () => {
  const server = await startModels();
  const baseUrl = `${server.baseUrl('anthropic')}/v1`;
  await text(server, 'anthropic', asking('anthropic', 'text'), { baseUrl });
  expect(server.log.at(-1)?.path).toBe('/anthropic/v1/messages');
  expect(server.problems).toEqual([]);
  await server.close();
});
