// Yunwu, an aggregator of the new-api family: OpenAI's chat, upstream errors packed into messages.
import { chatAnswer, chatFrames, readChat } from './chat.ts';
import { bearerOf, type Fault, type FaultAnswer, frame, type Protocol } from './protocol.ts';

const ways = { provider: 'yunwu', limit: 'max_tokens', formats: ['text', 'json_object', 'json_schema'] } as const;

export const yunwu: Protocol = {
  provider: 'yunwu',
  prefix: '/yunwu/v1',
  key: bearerOf,
  read: (path, body) => readChat(ways, path, body),
  answer: (asked, said) => chatAnswer(asked, said),
  frames: (asked, said) => chatFrames(asked, said),
  fault,
  faultFrame: () => frame({ error: { message: 'upstream closed', type: 'upstream_error', param: '', code: 'do_request_failed' } }), // biome-ignore format: one thought
};

const bodies: Readonly<Record<Fault, readonly [status: number, code: string, message: string]>> = {
  auth: [401, 'access_denied', '无效的令牌'],
  quota: [403, 'insufficient_user_quota', '用户额度不足'],
  rate_limit: [429, 'token_concurrency_limit_reached', '并发已达上限'],
  server: [500, 'do_request_failed', 'upstream failed'],
  overloaded: [503, 'model_not_found', '当前分组下对于模型无可用渠道'],
  moderation: [400, 'sensitive_words_detected', '检测到敏感词'],
  invalid: [400, 'invalid_request', '请求无效'],
  model: [404, 'invalid_request', '模型不存在'],
  inside: [200, 'do_request_failed', 'upstream failed'],
};

function fault(name: Fault, why?: string): FaultAnswer {
  const [status, code, message] = bodies[name];
  const said = `${why ?? message} (request id: 2026112412000000001)`;
  // its task routes answer so, and now and then the others
  if (name === 'inside') return { status, body: { code, message: said, data: null } };
  return { status, body: { error: { message: said, type: 'new_api_error', param: '', code } } };
}
