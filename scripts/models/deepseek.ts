// DeepSeek: OpenAI's chat without schemas, blank lines while one waits, and a shortage told as a finish reason.
import { chatAnswer, chatFrames, chatUsage, readChat } from './chat.ts';
import { type Asked, bearerOf, type Fault, type FaultAnswer, frame, type Json, type Protocol, type Said } from './protocol.ts'; // biome-ignore format: one thought

const ways = { provider: 'deepseek', limit: 'max_tokens', formats: ['text', 'json_object'] } as const;

export const deepseek: Protocol = {
  provider: 'deepseek',
  prefix: '/deepseek',
  key: bearerOf,
  read: (path, body) => {
    const beta = path.startsWith('/beta/');
    const strict = JSON.stringify(body.tools ?? []).includes('"strict":true');
    return strict && !beta ? 'strict tools are of /beta' : readChat(ways, path.replace(/^\/(beta|v1)\//, '/'), body);
  },
  answer: (asked, said) => chatAnswer(asked, said, counted(said)),
  frames: (asked, said) => chatFrames(asked, said),
  fault,
  faultFrame: () =>
    frame({ id: 'ds-stub', choices: [{ index: 0, delta: {}, finish_reason: 'insufficient_system_resource' }] }),
  lead: '\n\n',
};

/** It counts what its cache gave in words of its own. */
function counted({ usage }: Said): Json {
  if (!usage) return {};
  const { prompt_tokens_details: _, ...rest } = chatUsage(usage);
  return { usage: { ...rest, prompt_cache_hit_tokens: usage.cached, prompt_cache_miss_tokens: usage.input - usage.cached } }; // biome-ignore format: one thought
}

const bodies: Readonly<Record<Fault, readonly [status: number, code: string | null, message: string]>> = {
  auth: [401, 'invalid_request_error', 'Authentication Fails'],
  quota: [402, 'invalid_request_error', 'Insufficient Balance'],
  rate_limit: [429, null, 'Rate limit reached'],
  server: [500, null, 'Server error'],
  overloaded: [503, null, 'Server overloaded'],
  moderation: [400, 'invalid_request_error', 'Content Exists Risk'],
  invalid: [422, 'invalid_request_error', 'Invalid parameters'],
  model: [400, 'invalid_request_error', 'Model Not Exist'],
  inside: [200, null, ''],
};

function fault(name: Fault, why?: string): FaultAnswer {
  const [status, code, message] = bodies[name];
  if (name === 'inside') return { status, body: chatAnswer(nobody, nothing, {}, 'insufficient_system_resource') };
  return { status, body: { error: { message: why ?? message, type: 'unknown_error', param: null, code } } };
}

const nobody: Asked = { provider: 'deepseek', model: 'deepseek-flash', system: '', messages: [], streamed: false, method: 'text', body: {} }; // biome-ignore format: one thought
const nothing: Said = { text: '', ending: 'stop', usage: { input: 70, output: 0, cached: 0, reasoning: 0 }, serial: 0 };
