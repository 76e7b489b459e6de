// OpenAI's Responses API. Source: providers.md 2.1.
import { isObject, type JsonObject } from '../http.ts';
import type { Verdict } from '../refused.ts';
import type { TextRequest, TokenUsage } from '../schema.ts';
import { count, inside } from './chat.ts';
import { strictOrLoose } from './chat-request.ts';
import { errorWords, judgeBy, openaiErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, type Listener, type Manner, type Told } from './speak.ts';

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

export const responses: Manner = {
  id: 'openai',
  path: () => '/responses',
  headers: bearer,
  judge: (refused) => judgeBy(openaiErrors, refused),
  body(request, streamed) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      store: false,
      max_output_tokens: request.maxOutputTokens,
      ...(request.effort && { reasoning: { effort: request.effort } }),
      ...instructions(systemOf(request, method)),
      input: request.messages.map(({ role, text }) => ({
        role,
        content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
      })),
      ...formatOf(request),
      ...(request.safetyId && { safety_identifier: request.safetyId }),
      ...(streamed && { stream: true }),
    };
  },
  answer: responseAnswer,
  listen: responseListener,
};

const instructions = (text: string): JsonObject => (text === '' ? {} : { instructions: text });

function formatOf(request: TextRequest): JsonObject {
  const method = methodOf(request, offered);
  if (method === undefined || method === 'prompt' || !request.schema) return {};
  if (method === 'json_object') return { text: { format: { type: 'json_object' } } };
  const { name } = request.schema;
  const { schema, strict } = strictOrLoose(request.schema);
  if (method === 'schema') return { text: { format: { type: 'json_schema', name, strict, schema } } };
  return {
    tools: [{ type: 'function', name, parameters: schema, strict }],
    tool_choice: { type: 'function', name },
    parallel_tool_calls: false,
  };
}

/** Items are found by type, for thinking and others may stand before them. */
function responseAnswer(body: JsonObject): Told {
  const items = objects(body.output);
  const parts = items.filter((item) => item.type === 'message').flatMap((item) => objects(item.content));
  const call = items.find((item) => item.type === 'function_call');
  const usage = usageOf(body.usage);
  const requestId = body.id;
  if (body.status === 'failed' || body.status === 'cancelled') return { verdict: failedVerdict(body), usage };
  if (parts.some((part) => part.type === 'refusal'))
    return { verdict: { kind: 'moderation', code: 'refusal', stage: 'output', requestId }, usage };
  const reason = inside(body.incomplete_details).reason;
  if (reason === 'content_filter') return { verdict: { kind: 'moderation', code: reason, stage: 'output', requestId }, usage }; // biome-ignore format: one thought
  if (body.status === 'queued' || body.status === 'in_progress') return { verdict: { kind: 'retryable', code: body.status, requestId }, usage }; // biome-ignore format: one thought
  const text = parts.map((part) => (part.type === 'output_text' && typeof part.text === 'string' ? part.text : '')).join(''); // biome-ignore format: one thought
  const said = typeof call?.arguments === 'string' ? call.arguments : text;
  return { text: said, finish: body.status === 'incomplete' ? 'length' : 'stop', usage, requestId };
}

const failedVerdict = (body: JsonObject): Verdict =>
  judgeBy(openaiErrors, { body }) ?? {
    kind: 'retryable',
    code: errorWords(body)?.code || body.status,
    requestId: body.id,
  };

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function usageOf(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage) || typeof usage.input_tokens !== 'number') return undefined;
  return {
    input: usage.input_tokens,
    output: count(usage.output_tokens),
    cached: count(inside(usage.input_tokens_details).cached_tokens),
    reasoning: count(inside(usage.output_tokens_details).reasoning_tokens),
  };
}

const last = ['response.completed', 'response.incomplete', 'response.failed'];
const deltas = ['response.output_text.delta', 'response.function_call_arguments.delta'];

/** Typed events; the last one holds the whole response. */
function responseListener(): Listener {
  let whole: JsonObject | undefined;
  return {
    hear(event) {
      const type = String(event.type);
      if (deltas.includes(type) && typeof event.delta === 'string') return { piece: event.delta };
      // here the code lies on the top level
      if (type === 'error') return { verdict: judgeBy(openaiErrors, { body: { error: event } }) ?? { kind: 'retryable', code: event.code } }; // biome-ignore format: one thought
      if (!last.includes(type)) return {};
      whole = inside(event.response);
      return { over: true };
    },
    end: () => whole && responseAnswer(whole),
  };
}
