// OpenAI's chat completions, the shape that most providers speak: what comes back, whole or as a stream.
import { isObject, type JsonObject, parsed } from '../http.ts';
import type { TokenUsage } from '../schema.ts';
import type { Listener, Told } from './speak.ts';
import { stripThinking, withoutThinking } from './think.ts';

/**
 * Counts as OpenAI gives them; DeepSeek and Kimi have their own words for the cache. Grok, and Gemini behind this protocol, count thinking in
 * the total alone, and it is paid as output. Where what was asked is not counted, or not what of it came from the cache, the rest of the total is no
 * thinking.
 */
export function chatUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage) || typeof usage.prompt_tokens !== 'number') return undefined;
  const input = usage.prompt_tokens;
  const cached =
    count(usage.prompt_cache_hit_tokens) ||
    count(inside(usage.prompt_tokens_details).cached_tokens) ||
    count(usage.cached_tokens);
  const isAllAsked = input > 0 && cached <= input;
  return {
    input,
    output: Math.max(count(usage.completion_tokens), isAllAsked ? count(usage.total_tokens) - input : 0),
    cached,
    reasoning: count(inside(usage.completion_tokens_details).reasoning_tokens),
  };
}

export const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : 0);
export const inside = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The whole answer of one call. */
export function chatAnswer(body: JsonObject): Told {
  const choice = firstChoice(body);
  const message = inside(choice?.message);
  const said = stripThinking(contentOf(message.content));
  const called = toolArguments(message);
  const answer = told({ text: called || said, refused: refusalOf(message), reason: choice?.finish_reason, usage: chatUsage(body.usage), requestId: body.id }); // biome-ignore format: one thought
  // an object that is whole is the answer, though the limit came behind it: some models go on with blanks until then
  return 'text' in answer && !called && isObject(parsed(said)) ? { ...answer, finish: 'stop' } : answer;
}

/** Why an answer ended where the model did not end it: OpenAI's words, and those of other servers and of models behind gateways. */
const ends: Readonly<Record<string, 'length' | 'moderation' | 'retryable'>> = {
  length: 'length', max_tokens: 'length', MAX_TOKENS: 'length', model_length: 'length',
  content_filter: 'moderation', sensitive: 'moderation', refusal: 'moderation', SAFETY: 'moderation', PROHIBITED_CONTENT: 'moderation',
  // DeepSeek, GLM, OpenRouter, vLLM: they broke down in the middle
  insufficient_system_resource: 'retryable', network_error: 'retryable', error: 'retryable', abort: 'retryable',
}; // biome-ignore format: a table

type Gathered = {
  readonly text: string;
  readonly refused: boolean;
  readonly reason: unknown;
  readonly usage: TokenUsage | undefined;
  readonly requestId: unknown;
};

function told({ text, refused, reason, usage, requestId }: Gathered): Told {
  const end = typeof reason === 'string' && Object.hasOwn(ends, reason) ? ends[reason] : undefined;
  if (end === 'retryable') return { verdict: { kind: end, code: reason, requestId }, usage };
  if (refused) return { verdict: { kind: 'moderation', code: 'refusal', stage: 'output', requestId }, usage };
  if (end === 'moderation') return { verdict: { kind: end, code: reason, stage: 'output', requestId }, usage };
  return { text, finish: end ?? 'stop', usage, requestId };
}

const firstChoice = (body: JsonObject): JsonObject | undefined => {
  const choice: unknown = Array.isArray(body.choices) ? body.choices[0] : undefined;
  return isObject(choice) ? choice : undefined;
};

const refusalOf = (message: JsonObject): boolean => typeof message.refusal === 'string' && message.refusal !== '';

/** Text, or parts of text. */
function contentOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join('');
}

/** The first tool's arguments; a few servers give them as an object. */
function toolArguments(message: JsonObject): string {
  const call: unknown = Array.isArray(message.tool_calls) ? message.tool_calls[0] : undefined;
  const said = inside(inside(call).function).arguments;
  if (typeof said === 'string') return said;
  return isObject(said) ? JSON.stringify(said) : '';
}

/**
 * A chat stream taken in. It is whole once a finish reason was heard; usage comes in a later event without choices, or in the last choice.
 * Servers that write an empty reason into every event say nothing with it; one that has no other is whole with `[DONE]`.
 */
export function chatListener(): Listener {
  const thinking = withoutThinking();
  let [text, reason, refused]: [string, unknown, boolean] = ['', undefined, false];
  let usage: TokenUsage | undefined;
  let requestId: unknown;
  return {
    hear(event) {
      requestId ??= event.id;
      const choice = firstChoice(event);
      usage = chatUsage(event.usage) ?? chatUsage(choice?.usage) ?? usage;
      const delta = inside(choice?.delta);
      reason = choice?.finish_reason || (reason ?? choice?.finish_reason);
      refused ||= refusalOf(delta);
      const piece = toolArguments(delta) || thinking.push(contentOf(delta.content));
      text += piece;
      return { piece };
    },
    end: (isDone) => (reason || (reason === '' && isDone) ? told({ text: text + thinking.end(), refused, reason, usage, requestId }) : undefined), // biome-ignore format: one thought
  };
}
