// Doubao on Volcengine's Ark. Source: providers.md 2.4.
import type { JsonObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { FailureKind, TextRequest } from '../schema.ts';
import { chatAnswer, chatListener } from './chat.ts';
import { chatFormat, chatMessages, streaming } from './chat-request.ts';
import { errorWords } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

export const doubao = speak({
  id: 'doubao',
  path: () => '/chat/completions',
  headers: bearer,
  judge,
  body(request, streamed) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      max_completion_tokens: request.maxOutputTokens,
      ...thinkingOf(request),
      messages: chatMessages(systemOf(request, method), request),
      ...chatFormat(request, method),
      ...streaming(streamed),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
});

const thinkingOf = ({ effort }: TextRequest): JsonObject => {
  if (!effort) return {};
  return effort === 'none'
    ? { thinking: { type: 'disabled' } }
    : { thinking: { type: 'enabled' }, reasoning_effort: effort };
};

/** By the beginning of the code, the first that fits. */
const codes: readonly (readonly [start: RegExp, kind: FailureKind])[] = [
  [/SensitiveContentDetected|RiskDetection/, 'moderation'],
  [/^(MissingParameter|InvalidParameter|OutofContextError|InvalidEndpointOrModel|ModelNotOpen)/, 'invalid'],
  [/^AuthenticationError/, 'auth'],
  [/^(AccountOverdueError|OperationDenied\.ServiceOverdue)/, 'quota'],
  [/^AccessDenied/, 'auth'],
  [/^(QuotaExceeded|SetLimitExceeded|InflightBatchsizeExceeded)/, 'quota'],
  [/^(RateLimitExceeded|ModelAccount\w+RateLimitExceeded|AccountRateLimitExceeded|ServerOverloaded|RequestBurstTooFast)/, 'rate_limited'],
  [/^InternalServiceError/, 'retryable'],
]; // biome-ignore format: a table

function judge({ body }: Refused): Verdict | undefined {
  const error = errorWords(body);
  const code = error?.code ?? '';
  const kind = codes.find(([start]) => start.test(code))?.[1];
  if (!kind) return undefined;
  const stage = code.startsWith('Output') ? ('output' as const) : ('input' as const);
  return { kind, code, field: error?.field, ...(kind === 'moderation' && { stage }) };
}
