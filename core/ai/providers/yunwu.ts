// Yunwu, an aggregator of the new-api family. Source: providers.md 2.6.
import { isObject, parsed } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import { chatAnswer, chatListener } from './chat.ts';
import { chatFormat, chatMessages, limited, streaming } from './chat-request.ts';
import { type ErrorTable, errorWords, judgeBy, othersErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

export const yunwu = speak({
  id: 'yunwu',
  path: () => '/chat/completions',
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

const codes: ErrorTable = {
  ...othersErrors,
  insufficient_user_quota: 'quota',
  pre_consume_token_quota_failed: 'quota',
  // no channel at this moment; the gateway gives up after its tries
  get_channel_failed: 'retryable',
  model_not_found: 'retryable',
  sensitive_words_detected: 'moderation',
  prompt_blocked: 'moderation',
  access_denied: 'auth',
  bad_response_status_code: 'retryable',
  do_request_failed: 'retryable',
  token_concurrency_limit_reached: 'rate_limited',
};

/** The upstream's own error, when one is packed into the message, says more than the gateway's. */
function judge({ body, status }: Refused): Verdict | undefined {
  const error = errorWords(body) ?? flat(body);
  if (!error) return undefined;
  const requestId = /request id: ([\w-]+)/.exec(error.message)?.[1];
  const upstream = judgeBy(codes, { body: parsed(/\{.*\}/s.exec(error.message)?.[0] ?? '') });
  const own = judgeBy(codes, { body: { error } }) ?? channel(error.code);
  const verdict = upstream ?? own;
  // a model that is not there at all is 404 with the same code as one without a channel
  if (verdict?.code === 'model_not_found' && status === 404) return { ...verdict, kind: 'invalid', requestId };
  return verdict && { ...verdict, requestId };
}

const channel = (code: string): Verdict | undefined =>
  code.startsWith('channel:') ? { kind: 'retryable', code } : undefined;

/** `{"code","message","data"}`, as its task routes write errors. */
function flat(body: unknown): ReturnType<typeof errorWords> {
  if (!isObject(body) || typeof body.code !== 'string' || body.code === 'success') return undefined;
  return { code: body.code, type: '', message: typeof body.message === 'string' ? body.message : '', field: undefined };
}
