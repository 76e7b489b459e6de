// Any server that speaks OpenAI's chat protocol: a studio's own models, local ones, other clouds.
import { isObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import { chatAnswer, chatListener, inside } from './chat.ts';
import { chatFormat, chatMessages, limited, streaming } from './chat-request.ts';
import { type ErrorTable, errorWords, judgeBy, othersErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

const errors: ErrorTable = {
  ...othersErrors,
  insufficient_user_quota: 'quota',
  pre_consume_token_quota_failed: 'quota',
  sensitive_words_detected: 'moderation',
  prompt_blocked: 'moderation',
};

/** Bailian has one code for an empty account and for too many tokens a minute: the page its message leads to tells them apart. */
const isPace = ({ status, body }: Refused): boolean =>
  status === 429 && /#token-limit\b/.test(errorWords(body)?.message ?? '');

/** SiliconFlow has codes of its own, without an error around: no such model, one that is switched off, an empty account. */
const siliconFlow: Readonly<Record<string, string>> = {
  '20012': 'model_not_found', '30003': 'model_not_found', '30001': 'insufficient_quota',
}; // biome-ignore format: a table

/** An error in the form of OpenAI's. */
function wrapped({ status, body }: Refused): unknown {
  // Gemini behind this protocol has a list of one
  const said: unknown = Array.isArray(body) ? body[0] : body;
  if (status < 400 || !isObject(said) || 'error' in said) return said;
  const code = String(said.code);
  return { error: { message: said.message, code: Object.hasOwn(siliconFlow, code) ? siliconFlow[code] : code, type: said.type } }; // biome-ignore format: one thought
}

/** What OpenRouter says of a text that was flagged, as 403, its word for a key that is kept from something too. */
function isFlagged(body: unknown): boolean {
  const { reasons, flagged_input: text } = inside(inside(inside(body).error).metadata);
  return Array.isArray(reasons) || typeof text === 'string';
}

function judge(refused: Refused): Verdict | undefined {
  if (isPace(refused)) return undefined;
  const body = wrapped(refused);
  return isFlagged(body) ? { kind: 'moderation', code: 'flagged', stage: 'input' } : judgeBy(errors, { body });
}

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

export const compatible = speak({
  id: 'compatible',
  path: () => '/chat/completions',
  // an account without a key reaches a server that asks for none
  headers: bearer,
  judge,
  body(request, streamed) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      ...limited(request),
      ...(request.effort && request.effort !== 'none' && { reasoning_effort: request.effort }),
      messages: chatMessages(systemOf(request, method), request),
      ...chatFormat(request, method),
      ...streaming(streamed, request),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
});
