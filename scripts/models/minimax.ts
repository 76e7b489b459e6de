// MiniMax: OpenAI's chat, but what goes wrong stands in `base_resp` of an HTTP 200.
import { chatAnswer, chatFrames, readChat } from './chat.ts';
import { bearerOf, type Fault, type FaultAnswer, frame, type Protocol } from './protocol.ts';

const ways = { provider: 'minimax', limit: 'max_completion_tokens', formats: [] } as const;
const fine = { base_resp: { status_code: 0, status_msg: 'success' } };

export const minimax: Protocol = {
  provider: 'minimax',
  prefix: '/minimax/v1',
  key: bearerOf,
  read: (path, body) => ('tool_choice' in body ? 'tool_choice is not documented' : readChat(ways, path, body)),
  answer: (asked, said) => chatAnswer(asked, said, fine),
  frames: (asked, said) => chatFrames(asked, said),
  fault,
  faultFrame: () => frame({ choices: null, base_resp: { status_code: 1000, status_msg: 'unknown error' } }),
  headers: (serial) => ({ 'trace-id': `mm-stub-${serial}` }),
};

const codes: Readonly<Record<Fault, readonly [code: number, message: string]>> = {
  auth: [1004, 'login fail'],
  quota: [1008, 'insufficient balance'],
  rate_limit: [1002, 'rate limit'],
  server: [1033, 'downstream service error'],
  overloaded: [1024, 'internal error'],
  moderation: [1026, 'input new_sensitive'],
  invalid: [2013, 'invalid params'],
  model: [2013, 'invalid params, unknown model'],
  inside: [1000, 'unknown error'],
};

function fault(name: Fault, why?: string): FaultAnswer {
  const [status_code, message] = codes[name];
  return { status: 200, body: { base_resp: { status_code, status_msg: why ?? message } } };
}
