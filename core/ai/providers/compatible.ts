// Any server that speaks OpenAI's chat protocol: a studio's own models, local ones, other clouds.
import type { Refused } from '../refused.ts';
import { chatAnswer, chatListener } from './chat.ts';
import { chatFormat, chatMessages, streaming } from './chat-request.ts';
import { type ErrorTable, errorWords, judgeBy, othersErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

const errors: ErrorTable = {
  ...othersErrors,
  insufficient_user_quota: 'quota',
  sensitive_words_detected: 'moderation',
  prompt_blocked: 'moderation',
};

/** Bailian has one code for an empty account and for too many tokens a minute: the page its message leads to tells them apart. */
const isPace = ({ status, body }: Refused): boolean =>
  status === 429 && /#token-limit\b/.test(errorWords(body)?.message ?? '');

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

export const compatible = speak({
  id: 'compatible',
  path: () => '/chat/completions',
  // an account without a key reaches a server that asks for none
  headers: bearer,
  judge: (refused) => (isPace(refused) ? undefined : judgeBy(errors, refused)),
  body(request, streamed) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      // the older name: the one that all of them know
      max_tokens: request.maxOutputTokens,
      ...(request.effort && request.effort !== 'none' && { reasoning_effort: request.effort }),
      messages: chatMessages(systemOf(request, method), request),
      ...chatFormat(request, method),
      ...streaming(streamed),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
});
