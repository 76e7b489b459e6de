// DeepSeek. Source: providers.md 2.5.
import { plainSchema } from '../dialect.ts';
import type { JsonObject } from '../http.ts';
import type { Account, TextRequest } from '../schema.ts';
import { chatAnswer, chatListener } from './chat.ts';
import { chatFormat, chatMessages, chatTool, streaming } from './chat-request.ts';
import { judgeBy } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { bearer, speak } from './speak.ts';

const offered = ['tool', 'json_object', 'prompt'] as const;

export const deepseek = speak({
  id: 'deepseek',
  path: () => '/chat/completions',
  headers: bearer,
  // its codes say less than its statuses: 402 comes as invalid_request_error
  judge: (refused) => judgeBy({}, refused),
  body(request, streamed, account) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      ...thinkingOf(request),
      max_tokens: request.maxOutputTokens,
      // json_object wants an example besides the word json
      messages: chatMessages(systemOf(request, method, method === 'json_object'), request),
      ...(method === 'tool' ? toolOf(request, account) : chatFormat(request, method)),
      ...(request.safetyId && { user_id: request.safetyId }),
      ...streaming(streamed),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
});

/** Strict tools are of the base URL /beta alone. */
const toolOf = (request: TextRequest, { baseUrl }: Account): JsonObject => {
  if (baseUrl.endsWith('/beta')) return chatFormat(request, 'tool');
  return request.schema ? chatTool(request.schema.name, plainSchema(request.schema.jsonSchema), false, true) : {};
};

/** It thinks unless told not to, and knows no effort between low and high. */
const thinkingOf = ({ effort }: TextRequest): JsonObject => {
  if (!effort) return {};
  if (effort === 'none') return { thinking: { type: 'disabled' } };
  return { thinking: { type: 'enabled' }, reasoning_effort: effort === 'low' ? 'low' : 'high' };
};
