// Anthropic's Messages API, version 2026-10-21.
import { type Asked, bearerOf, type Fault, type FaultAnswer, frame, type Json, jsonIn, jsons, type Protocol, pieces, type Said, schemaInWords } from './protocol.ts'; // biome-ignore format: one thought
import { reducedRule } from './rules.ts';

export const anthropic: Protocol = {
  provider: 'anthropic',
  prefix: '/anthropic',
  key: (headers) => headers.get('x-api-key') ?? bearerOf(headers),
  read: readMessage,
  answer: message,
  frames,
  thought: () => frame({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: '想一想。' } }, 'content_block_delta'), // biome-ignore format: one thought
  fault,
  faultFrame: () => frame({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error'),
  headers: (serial) => ({ 'request-id': `req_stub_${serial}` }),
};

const sampling = ['temperature', 'top_p', 'top_k'];

function readMessage(path: string, body: Json, headers: Headers): Asked | string {
  const version = headers.get('anthropic-version');
  if (path !== '/v1/messages') return `no route ${path}`;
  if (version !== '2026-10-21') return `anthropic-version: ${version} is not played here`;
  const extra = sampling.find((name) => name in body);
  if (extra) return `${extra}: Extra inputs are not permitted`;
  if (typeof body.model !== 'string') return 'model: Field required';
  if (!Number.isInteger(body.max_tokens)) return 'max_tokens: Field required';
  const turns = jsons(body.messages);
  if (turns.length === 0) return 'messages: Field required';
  if (turns.at(-1)?.role === 'assistant') return 'This model does not support assistant message prefill';
  const format = jsonIn(jsonIn(body.output_config).format);
  const tool = jsonIn(jsons(body.tools)[0]);
  const schema = format.schema ?? tool.input_schema;
  const wrong = format.type === 'json_schema' || tool.strict === true ? reducedRule(schema) : undefined;
  if (wrong) return `output_config.format.schema: ${wrong}`;
  const system = typeof body.system === 'string' ? body.system : '';
  return {
    provider: 'anthropic',
    model: body.model,
    system,
    messages: turns.map((turn) => ({ role: turn.role as 'user', text: String(turn.content) })),
    streamed: body.stream === true,
    method: methodOf(format, tool, system),
    schema: schema === undefined ? schemaInWords(system) : jsonIn(schema),
    schemaName: tool.name as string | undefined,
    body,
  };
}

function methodOf(format: Json, tool: Json, system: string): Asked['method'] {
  if (format.type === 'json_schema') return 'schema';
  if (typeof tool.name === 'string') return 'tool';
  return schemaInWords(system) ? 'prompt' : 'text';
}

const stops = { stop: 'end_turn', length: 'max_tokens', refusal: 'refusal', filtered: 'refusal' } as const;

const refusal = { type: 'refusal', category: 'general_harms', explanation: null };
const isRefused = (said: Said): boolean => said.ending === 'refusal' || said.ending === 'filtered';
const stopOf = (asked: Asked, said: Said): string => (asked.method === 'tool' && said.ending === 'stop' ? 'tool_use' : stops[said.ending]); // biome-ignore format: one thought

function message(asked: Asked, said: Said): Json {
  return {
    id: `msg_stub_${said.serial}`,
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content: isRefused(said) ? [] : [{ type: 'thinking', thinking: '', signature: 'c3R1Yg==' }, block(asked, said)],
    stop_reason: stopOf(asked, said),
    stop_sequence: null,
    stop_details: isRefused(said) ? refusal : null,
    ...(said.usage && { usage: usage(said.usage) }),
  };
}

function block(asked: Asked, said: Said): Json {
  if (asked.method !== 'tool') return { type: 'text', text: said.text };
  return { type: 'tool_use', id: 'toolu_stub_1', name: asked.schemaName, input: parsedOr(said.text) };
}

/** A tool's input is parsed already; what was cut is what could be read of it. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const usage = ({ input, output, cached, reasoning }: NonNullable<Said['usage']>): Json => ({
  input_tokens: input - cached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cached,
  output_tokens: output,
  output_tokens_details: { thinking_tokens: reasoning },
});

function frames(asked: Asked, said: Said): string[] {
  const event = (type: string, more: Json = {}): string => frame({ type, ...more }, type);
  const tool = asked.method === 'tool';
  const counts = said.usage && usage(said.usage);
  const deltas = pieces(said.text).map(
    (piece) =>
    event('content_block_delta', { index: 0, delta: tool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece } }), // biome-ignore format: one thought
  );
  const start = tool ? { type: 'tool_use', id: 'toolu_stub_1', name: asked.schemaName, input: {} } : { type: 'text', text: '' }; // biome-ignore format: one thought
  const body = [event('content_block_start', { index: 0, content_block: start }), event('ping'), ...deltas, event('content_block_stop', { index: 0 })]; // biome-ignore format: one thought
  return [
    event('message_start', { message: { ...message(asked, said), content: [], stop_reason: null, ...(counts && { usage: { ...counts, output_tokens: 1 } }) } }), // biome-ignore format: one thought
    ...(isRefused(said) ? [] : body),
    event('message_delta', {
      delta: {
        stop_reason: stopOf(asked, said),
        stop_sequence: null,
        ...(isRefused(said) && { stop_details: refusal }),
      },
      ...(counts && {
        usage: { output_tokens: counts.output_tokens, output_tokens_details: counts.output_tokens_details },
      }),
    }),
    event('message_stop'),
  ];
}

const bodies: Readonly<Record<Fault, readonly [status: number, type: string, message: string, details?: Json]>> = {
  auth: [401, 'authentication_error', 'invalid x-api-key'],
  quota: [429, 'rate_limit_error', 'Monthly threshold reached', { error_code: 'enforced_spend_limit_reached' }],
  rate_limit: [429, 'rate_limit_error', 'Number of requests has exceeded your limit'],
  server: [500, 'api_error', 'Internal server error'],
  overloaded: [529, 'overloaded_error', 'Overloaded'],
  moderation: [400, 'invalid_request_error', 'Output blocked by content filtering policy'],
  invalid: [400, 'invalid_request_error', 'Invalid request'],
  model: [404, 'not_found_error', 'model: no such model'],
  inside: [200, 'overloaded_error', 'Overloaded'],
};

function fault(name: Fault, why?: string): FaultAnswer {
  const [status, type, said, details] = bodies[name];
  const error = { type, message: why ?? said, ...(details && { details }) };
  return { status, body: { type: 'error', error, request_id: 'req_stub_error' } };
}
