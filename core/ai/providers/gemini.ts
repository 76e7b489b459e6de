// Gemini's generateContent on the developer API. Source: providers.md 2.3.
import { geminiSchema } from '../dialect.ts';
import { isObject, type JsonObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { FailureKind, TextRequest, TokenUsage } from '../schema.ts';
import { count, inside } from './chat.ts';
import { word } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { type Listener, speak, type Told } from './speak.ts';

const offered = ['schema', 'json_object', 'prompt'] as const;

export const gemini = speak({
  id: 'gemini',
  path: ({ model }, streamed) =>
    `/models/${encodeURIComponent(model)}:${streamed ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  headers: (key) => ({ 'x-goog-api-key': key }),
  judge,
  body(request) {
    const system = systemOf(request, methodOf(request, offered));
    return {
      ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
      contents: request.messages.map(({ role, text }) => ({
        role: role === 'user' ? 'user' : 'model',
        parts: [{ text }],
      })),
      generationConfig: { maxOutputTokens: request.maxOutputTokens, ...formatOf(request), ...thinkingOf(request) },
    };
  },
  answer: (body) => answerOf(body, textIn(body)),
  listen,
});

function formatOf(request: TextRequest): JsonObject {
  const method = methodOf(request, offered);
  if (!request.schema || !method || method === 'prompt') return {};
  if (method === 'json_object') return { responseMimeType: 'application/json' };
  return { responseMimeType: 'application/json', responseJsonSchema: geminiSchema(request.schema.jsonSchema) };
}

/** `low` is the least that all models know. */
const thinkingOf = ({ effort }: TextRequest): JsonObject =>
  effort ? { thinkingConfig: { thinkingLevel: effort === 'none' ? 'low' : effort } } : {};

const statuses: Readonly<Record<string, FailureKind>> = {
  INVALID_ARGUMENT: 'invalid',
  // billing, or a region without a free tier
  FAILED_PRECONDITION: 'quota',
  UNAUTHENTICATED: 'auth',
  PERMISSION_DENIED: 'auth',
  NOT_FOUND: 'invalid',
  RESOURCE_EXHAUSTED: 'rate_limited',
  CANCELLED: 'retryable',
  INTERNAL: 'retryable',
  UNAVAILABLE: 'retryable',
  DEADLINE_EXCEEDED: 'retryable',
};

function judge({ body }: Refused): Verdict | undefined {
  const error = inside(inside(body).error);
  const code = typeof error.status === 'string' ? error.status : '';
  const kind = statuses[code];
  if (!kind) return undefined;
  const details = Array.isArray(error.details) ? error.details.filter(isObject) : [];
  if (details.some((one) => one.reason === 'API_KEY_INVALID')) return { kind: 'auth', code: 'API_KEY_INVALID' };
  if (code === 'RESOURCE_EXHAUSTED' && isDaily(details)) return { kind: 'quota', code };
  const retryAfterMs = details.map((one) => delayOf(one.retryDelay)).find((ms) => ms !== undefined);
  return { kind, code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** A limit by the day is a quota; one by the minute is waited for. */
const isDaily = (details: readonly JsonObject[]): boolean =>
  details.some(
    ({ violations }) =>
      Array.isArray(violations) && violations.some((one: unknown) => word(inside(one).quotaId).includes('PerDay')),
  );

/** `34s`, `0.5s` in ms. */
function delayOf(delay: unknown): number | undefined {
  const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}

const candidateOf = (body: JsonObject): JsonObject => inside(Array.isArray(body.candidates) ? body.candidates[0] : {});

/** Parts of thinking are left out. */
function textIn(body: JsonObject): string {
  const { parts } = inside(candidateOf(body).content);
  const all = Array.isArray(parts) ? parts.filter(isObject) : [];
  return all.map((part) => (typeof part.text === 'string' && part.thought !== true ? part.text : '')).join('');
}

const cut = ['MAX_TOKENS', 'CONTINUATION'];
const filtered = [
  'SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION',
]; // biome-ignore format: a list

/** A prompt that was blocked is HTTP 200 without candidates. */
function answerOf(body: JsonObject, text: string): Told {
  const usage = usageOf(body.usageMetadata);
  const requestId = body.responseId;
  const blocked = inside(body.promptFeedback).blockReason;
  if (blocked) return { verdict: { kind: 'moderation', code: blocked, stage: 'input', requestId }, usage };
  const reason = word(candidateOf(body).finishReason) || 'no_candidates';
  if (filtered.includes(reason)) return { verdict: { kind: 'moderation', code: reason, stage: 'output', requestId }, usage }; // biome-ignore format: one thought
  if (reason !== 'STOP' && !cut.includes(reason)) return { verdict: { kind: 'invalid_output', code: reason, requestId }, usage }; // biome-ignore format: one thought
  return { text, finish: cut.includes(reason) ? 'length' : 'stop', usage, requestId };
}

/** Thinking is counted apart and paid as output. */
function usageOf(usage: unknown): TokenUsage | undefined {
  if (!isObject(usage) || typeof usage.promptTokenCount !== 'number') return undefined;
  const reasoning = count(usage.thoughtsTokenCount);
  return {
    input: usage.promptTokenCount,
    output: count(usage.candidatesTokenCount) + reasoning,
    cached: count(usage.cachedContentTokenCount),
    reasoning,
  };
}

/** Each event is an answer of its own with a piece of the text; the last says how it ended. */
function listen(): Listener {
  let text = '';
  let seen: JsonObject = {};
  let ended = false;
  return {
    hear(event) {
      const piece = textIn(event);
      text += piece;
      const isEnd =
        candidateOf(event).finishReason !== undefined || inside(event.promptFeedback).blockReason !== undefined;
      // counts may come behind the end, with an empty piece
      seen = { ...seen, ...event, ...(ended && !isEnd && { candidates: seen.candidates }) };
      ended ||= isEnd;
      return { piece };
    },
    end: () => (ended ? answerOf(seen, text) : undefined),
  };
}
