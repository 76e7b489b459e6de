// OpenAI's chat completions, the shape that most providers speak: what comes back, whole or as a stream.
import { isObject, type JsonObject } from '../http.ts';
import type { TokenUsage } from '../schema.ts';
import type { Listener, Told } from './speak.ts';
import { stripThinking, withoutThinking } from './think.ts';

/** Counts as OpenAI gives them; DeepSeek has its own word for the cache. */
export function chatUsage(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage) || typeof usage.prompt_tokens !== 'number') return undefined;
  return {
    input: usage.prompt_tokens,
    output: count(usage.completion_tokens),
    cached: count(usage.prompt_cache_hit_tokens) || count(inside(usage.prompt_tokens_details).cached_tokens),
    reasoning: count(inside(usage.completion_tokens_details).reasoning_tokens),
  };
}

export const count = (value: unknown): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : 0);
export const inside = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The whole answer of one call. `finish` is the provider's own reading of finish reasons, asked first. */
export function chatAnswer(body: JsonObject, ownFinish: FinishTable = {}): Told {
  const choice = firstChoice(body);
  const message = inside(choice?.message);
  const text = toolArguments(message) || stripThinking(contentOf(message.content));
  return told({ text, refused: refusalOf(message), reason: choice?.finish_reason, usage: chatUsage(body.usage), requestId: body.id }, ownFinish); // biome-ignore format: one thought
}

type FinishTable = Readonly<Record<string, { readonly kind: 'retryable' }>>;
type Gathered = {
  readonly text: string;
  readonly refused: boolean;
  readonly reason: unknown;
  readonly usage: TokenUsage | undefined;
  readonly requestId: unknown;
};

function told({ text, refused, reason, usage, requestId }: Gathered, ownFinish: FinishTable): Told {
  const own = typeof reason === 'string' ? ownFinish[reason] : undefined;
  if (own) return { verdict: { ...own, code: reason, requestId }, usage };
  if (refused) return { verdict: { kind: 'moderation', code: 'refusal', stage: 'output', requestId }, usage };
  if (reason === 'content_filter') return { verdict: { kind: 'moderation', code: reason, stage: 'output', requestId }, usage }; // biome-ignore format: one thought
  return { text, finish: reason === 'length' ? 'length' : 'stop', usage, requestId };
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

/** A chat stream taken in. It is whole once a finish reason was heard; usage comes in a later event without choices. */
export function chatListener(ownFinish: FinishTable = {}): Listener {
  const thinking = withoutThinking();
  let [text, reason, refused]: [string, unknown, boolean] = ['', undefined, false];
  let usage: TokenUsage | undefined;
  let requestId: unknown;
  return {
    hear(event) {
      requestId ??= event.id;
      usage = chatUsage(event.usage) ?? usage;
      const choice = firstChoice(event);
      const delta = inside(choice?.delta);
      reason = choice?.finish_reason ?? reason;
      refused ||= refusalOf(delta);
      const piece = toolArguments(delta) || thinking.push(contentOf(delta.content));
      text += piece;
      return { piece };
    },
    end: () => (reason == null ? undefined : told({ text: text + thinking.end(), refused, reason, usage, requestId }, ownFinish)), // biome-ignore format: one thought
  };
}
