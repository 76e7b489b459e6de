// A server of nobody in particular that speaks OpenAI's chat.
import { chatAnswer, chatFrames, readChat } from './chat.ts';
import { openaiFault } from './openai.ts';
import { bearerOf, frame, type Protocol } from './protocol.ts';

const ways = { provider: 'compatible', limit: 'max_tokens', formats: ['text', 'json_object', 'json_schema'] } as const;

export const compatible: Protocol = {
  provider: 'compatible',
  prefix: '/compatible/v1',
  // it asks for no key
  key: (headers) => bearerOf(headers) ?? 'none',
  read: (path, body) => readChat(ways, path, body),
  answer: (asked, said) => chatAnswer(asked, said),
  frames: (asked, said) => chatFrames(asked, said),
  fault: (fault, why) => {
    const { status, body } = openaiFault(fault, why);
    return fault === 'inside'
      ? { status, body: { error: { message: 'upstream failed', code: 502 } } }
      : { status, body };
  },
  faultFrame: () => frame({ error: { message: 'upstream failed', code: 502 } }),
};
