// Anthropic's Messages API, version 2026-10-21. Source: providers.md 2.2.
import { isRecursive, plainSchema, reducedSchema } from '../dialect.ts';
import { isObject, type JsonObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { FailureKind, TextRequest, TokenUsage } from '../schema.ts';
import { count, inside } from './chat.ts';
import { methodOf, systemOf } from './ladder.ts';
import { type Listener, speak, type Told } from './speak.ts';

const offered = ['schema', 'tool', 'prompt'] as const;

export const anthropic = speak({
  id: 'anthropic',
  path: () => '/v1/messages',
  headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2026-10-21' }),
  requestIdHeader: 'request-id',
  judge,
  body(request, streamed) {
    const method = methodOf(request, offered);
    const system = systemOf(request, method);
    return {
      model: request.model,
      max_tokens: request.maxOutputTokens,
      ...(system !== '' && { system }),
      messages: request.messages.map(({ role, text }) => ({ role, content: text })),
      ...formatOf(request),
      ...(request.safetyId && { metadata: { user_id: request.safetyId } }),
      ...(streamed && { stream: true }),
    };
  },
  answer: (body) => answerOf(textIn(body), body),
  listen,
});

/** `effort: none` is not offered by all models, `low` is. Schemas that speak of themselves go only through a tool that is not strict. */
function formatOf(request: TextRequest): JsonObject {
  const method = methodOf(request, offered);
  const effort = request.effort === 'none' ? 'low' : request.effort;
  const thinking = effort && { effort };
  const { schema } = request;
  if (!schema || !method || method === 'prompt') return thinking ? { output_config: thinking } : {};
  const recursive = isRecursive(schema.jsonSchema);
  if (method === 'schema' && !recursive)
    return {
      output_config: { ...thinking, format: { type: 'json_schema', schema: reducedSchema(schema.jsonSchema) } },
    };
  const tool = recursive ? { input_schema: plainSchema(schema.jsonSchema) } : { input_schema: reducedSchema(schema.jsonSchema), strict: true }; // biome-ignore format: one thought
  return {
    ...(thinking && { output_config: thinking }),
    tools: [{ name: schema.name, description: 'Takes the answer.', ...tool }],
    tool_choice: { type: 'tool', name: schema.name, disable_parallel_tool_use: true },
  };
}

const types: Readonly<Record<string, FailureKind>> = {
  invalid_request_error: 'invalid',
  authentication_error: 'auth',
  billing_error: 'quota',
  permission_error: 'auth',
  not_found_error: 'invalid',
  request_too_large: 'invalid',
  rate_limit_error: 'rate_limited',
  api_error: 'retryable',
  timeout_error: 'retryable',
  overloaded_error: 'retryable',
};

const details: Readonly<Record<string, FailureKind>> = {
  organization_on_hold: 'auth',
  contract_spend_limit_reached: 'quota',
  enforced_spend_limit_reached: 'quota',
  ramp_limit_exceeded: 'rate_limited',
};

/** By `details.error_code`, then by `type`, never by the message. */
function judge({ body }: Refused): Verdict | undefined {
  const said = inside(body);
  const error = inside(said.error);
  const code = inside(error.details).error_code;
  const type = typeof error.type === 'string' ? error.type : '';
  const kind = (typeof code === 'string' ? details[code] : undefined) ?? types[type];
  return kind && { kind, code: code ?? type, requestId: said.request_id };
}

const blocks = (body: JsonObject): readonly JsonObject[] =>
  Array.isArray(body.content) ? body.content.filter(isObject) : [];

function textIn(body: JsonObject): string {
  const tool = blocks(body).find((block) => block.type === 'tool_use');
  if (tool) return JSON.stringify(tool.input);
  return blocks(body).map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : '')).join(''); // biome-ignore format: one thought
}

const cut = ['max_tokens', 'model_context_window_exceeded', 'pause_turn'];

function answerOf(text: string, { stop_reason: reason, usage: counts, id: requestId }: JsonObject): Told {
  const usage = usageOf(counts);
  if (reason === 'refusal')
    return { verdict: { kind: 'moderation', code: 'refusal', stage: 'output', requestId }, usage };
  return { text, finish: cut.includes(String(reason)) ? 'length' : 'stop', usage, requestId };
}

/** Input is what was read anew, what went into the cache and what came of it, summed. */
function usageOf(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage) || typeof usage.input_tokens !== 'number') return undefined;
  const cached = count(usage.cache_read_input_tokens);
  return {
    input: usage.input_tokens + count(usage.cache_creation_input_tokens) + cached,
    output: count(usage.output_tokens),
    cached,
    reasoning: count(inside(usage.output_tokens_details).thinking_tokens),
  };
}

/** Blocks grow by deltas; `message_delta` says how it ended, and the counts come in two parts. */
function listen(): Listener {
  let text = '';
  let seen: JsonObject = {};
  let usage: JsonObject = {};
  return {
    hear(event) {
      const { type } = event;
      if (type === 'message_start') seen = inside(event.message);
      if (type === 'message_start') usage = inside(seen.usage);
      if (type === 'message_delta') seen = { ...seen, ...inside(event.delta) };
      if (type === 'message_delta') usage = { ...usage, ...inside(event.usage) };
      if (type === 'message_stop') return { over: true };
      if (type !== 'content_block_delta') return {};
      const delta = inside(event.delta);
      const piece =
        delta.type === 'text_delta' ? delta.text : delta.type === 'input_json_delta' ? delta.partial_json : '';
      if (typeof piece !== 'string') return {};
      text += piece;
      return { piece };
    },
    end: () => (typeof seen.stop_reason === 'string' ? answerOf(text, { ...seen, usage }) : undefined),
  };
}
