// MiniMax, by its OpenAI protocol. Source: providers.md 2.7.
import { plainSchema } from '../dialect.ts';
import type { JsonObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { FailureKind, TextRequest } from '../schema.ts';
import { chatAnswer, chatListener, inside } from './chat.ts';
import { chatMessages, chatTool, streaming } from './chat-request.ts';
import { judgeBy, openaiErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

/** No mode for objects is documented; a tool may be offered but not forced, so the schema goes into the prompt beside it. */
const offered = ['tool', 'prompt'] as const;

export const minimax = speak({
  id: 'minimax',
  path: () => '/chat/completions',
  headers: bearer,
  requestIdHeader: 'trace-id',
  judge,
  body(request, streamed) {
    const method = methodOf(request, request.method === 'tool' ? offered : ['prompt']);
    return {
      model: request.model,
      max_completion_tokens: request.maxOutputTokens,
      // thinking apart from the answer, not in front of it
      reasoning_split: true,
      ...thinkingOf(request),
      messages: chatMessages(systemOf(request, method === 'tool' ? 'prompt' : method), request),
      ...(method === 'tool' &&
        request.schema &&
        chatTool(request.schema.name, plainSchema(request.schema.jsonSchema), false, false)),
      ...streaming(streamed),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
});

const thinkingOf = ({ effort }: TextRequest): JsonObject =>
  effort ? { thinking: { type: effort === 'none' ? 'disabled' : 'adaptive' } } : {};

/** `base_resp.status_code`, mostly inside HTTP 200. */
const codes: Readonly<Record<number, FailureKind>> = {
  1000: 'retryable', 1001: 'retryable', 1024: 'retryable', 1033: 'retryable',
  1002: 'rate_limited', 1039: 'rate_limited', 1041: 'rate_limited', 2045: 'rate_limited',
  1004: 'auth', 2049: 'auth',
  1008: 'quota', 1028: 'quota', 1030: 'quota', 2056: 'quota', 2061: 'quota',
  1026: 'moderation', 1027: 'moderation',
}; // biome-ignore format: a table

function judge(refused: Refused): Verdict | undefined {
  const code = inside(inside(refused.body).base_resp).status_code;
  if (typeof code !== 'number' || code === 0) return judgeBy(openaiErrors, refused);
  const kind = codes[code] ?? 'invalid';
  const stage = code === 1027 ? ('output' as const) : ('input' as const);
  return { kind, code: String(code), ...(kind === 'moderation' && { stage }) };
}
