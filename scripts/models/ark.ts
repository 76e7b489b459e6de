// Doubao on Volcengine's Ark: OpenAI's chat, its own words for what goes wrong.
import { chatAnswer, chatFrames, readChat } from './chat.ts';
import { bearerOf, type Fault, type FaultAnswer, frame, type Protocol } from './protocol.ts';

const ways = { provider: 'doubao', limit: 'max_completion_tokens', formats: ['text', 'json_object', 'json_schema'] } as const; // biome-ignore format: one thought

export const ark: Protocol = {
  provider: 'doubao',
  prefix: '/ark/api/v3',
  key: bearerOf,
  read: (path, body) => readChat(ways, path, body),
  answer: (asked, said) => chatAnswer(asked, said),
  frames: (asked, said) => chatFrames(asked, said),
  fault,
  faultFrame: () => frame({ error: { code: 'InternalServiceError', message: 'The service failed', param: '', type: 'InternalServerError' } }), // biome-ignore format: one thought
  headers: (serial) => ({ 'x-request-id': `ark-stub-${serial}` }),
};

const bodies: Readonly<Record<Fault, readonly [status: number, code: string, type: string]>> = {
  auth: [401, 'AuthenticationError', 'Unauthorized'],
  quota: [403, 'AccountOverdueError', 'Forbidden'],
  rate_limit: [429, 'ModelAccountRpmRateLimitExceeded', 'TooManyRequests'],
  server: [500, 'InternalServiceError', 'InternalServerError'],
  overloaded: [503, 'InternalServiceError', 'InternalServerError'],
  moderation: [400, 'InputTextSensitiveContentDetected', 'BadRequest'],
  invalid: [400, 'InvalidParameter', 'BadRequest'],
  model: [404, 'InvalidEndpointOrModel.NotFound', 'NotFound'],
  inside: [200, 'InternalServiceError', 'InternalServerError'],
};

function fault(name: Fault, why = 'stub'): FaultAnswer {
  const [status, code, type] = bodies[name];
  return { status, body: { error: { code, message: why, param: '', type } } };
}
