// OpenAI: the Responses API, or chat completions where the table of models says so. Source: providers.md 2.1.
import { modelOf } from '../models.ts';
import type { TextProvider, TextRequest } from '../schema.ts';
import { chatAnswer, chatListener } from './chat.ts';
import { chatFormat, chatMessages, streaming } from './chat-request.ts';
import { judgeBy, openaiErrors } from './errors.ts';
import { methodOf, systemOf } from './ladder.ts';
import { responses } from './responses.ts';
import { bearer, type Manner, speak } from './speak.ts';

const offered = ['schema', 'tool', 'json_object', 'prompt'] as const;

const chat: Manner = {
  id: 'openai',
  path: () => '/chat/completions',
  headers: bearer,
  judge: (refused) => judgeBy(openaiErrors, refused),
  body(request, streamed) {
    const method = methodOf(request, offered);
    return {
      model: request.model,
      max_completion_tokens: request.maxOutputTokens,
      ...(request.effort && { reasoning_effort: request.effort }),
      messages: chatMessages(systemOf(request, method), request),
      ...chatFormat(request, method),
      ...(request.safetyId && { safety_identifier: request.safetyId }),
      ...streaming(streamed),
    };
  },
  answer: (body) => chatAnswer(body),
  listen: () => chatListener(),
};

/** @param wireOf which endpoint a model is spoken to at; by default as the table says. */
export function openaiOver(wireOf: (model: string) => 'responses' | 'chat' | undefined): TextProvider {
  const [byResponses, byChat] = [speak(responses), speak(chat)];
  const of = (request: TextRequest) => (wireOf(request.model) === 'chat' ? byChat : byResponses);
  return {
    id: 'openai',
    text: (request, account, wire) => of(request).text(request, account, wire),
    stream: (request, account, wire) => of(request).stream(request, account, wire),
  };
}

export const openai = openaiOver((model) => modelOf('openai', model).wire);
