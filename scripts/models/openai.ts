// OpenAI: the Responses API and chat completions.
import { chatAnswer, chatFrames, chatThought, readChat } from './chat.ts';
import { type Asked, bearerOf, type Fault, type FaultAnswer, frame, type Json, jsonIn, jsons, type Protocol, pieces, type Said, schemaInWords } from './protocol.ts'; // biome-ignore format: one thought
import { strictRule } from './rules.ts';

const chatWays = { provider: 'openai', limit: 'max_completion_tokens', formats: ['text', 'json_object', 'json_schema'] } as const; // biome-ignore format: one thought

export const openai: Protocol = {
  provider: 'openai',
  prefix: '/openai/v1',
  key: bearerOf,
  read: (path, body) => (path === '/responses' ? readResponse(body) : readChat(chatWays, path, body)),
  answer: (asked, said) => (isChat(asked) ? chatAnswer(asked, said) : response(asked, said)),
  frames: (asked, said) => (isChat(asked) ? chatFrames(asked, said) : responseFrames(asked, said)),
  thought: (asked) => (isChat(asked) ? chatThought(asked) : frame({ type: thinking, item_id: 'rs_1', output_index: 0, summary_index: 0, delta: '想一想。' }, thinking)), // biome-ignore format: one thought
  fault: openaiFault,
  faultFrame: () =>
    frame({ type: 'error', code: 'server_error', message: 'The server had an error', param: null }, 'error'),
  headers: (serial) => ({ 'x-request-id': `req_stub_${serial}` }),
};

const thinking = 'response.reasoning_summary_text.delta';
const isChat = (asked: Asked): boolean => 'messages' in asked.body;

function readResponse(body: Json): Asked | string {
  const input = jsons(body.input);
  if (typeof body.model !== 'string') return 'model is required';
  if (input.length === 0) return 'input is required';
  if (body.store !== false) return 'store must be false here: nothing of a studio is to be kept';
  const parts = input.flatMap((turn) => jsons(turn.content).map((part) => ({ role: turn.role, ...part })));
  const odd = parts.find((part: Json) => part.type !== (part.role === 'assistant' ? 'output_text' : 'input_text'));
  if (odd) return 'a content part has the wrong type';
  const format = jsonIn(jsonIn(body.text).format);
  const tool = jsonIn(jsons(body.tools)[0]);
  const schema = format.schema ?? tool.parameters;
  const name = format.name ?? tool.name;
  if (schema !== undefined && !/^[\w-]{1,64}$/.test(String(name))) return 'name must be 1 to 64 of [A-Za-z0-9_-]';
  const wrong = format.strict === true || tool.strict === true ? strictRule(schema) : undefined;
  if (wrong) return `invalid schema: ${wrong}`;
  const system = typeof body.instructions === 'string' ? body.instructions : '';
  return {
    provider: 'openai',
    model: body.model,
    system,
    messages: parts.map((part: Json) => ({ role: part.role as 'user', text: String(part.text) })),
    streamed: body.stream === true,
    method: methodOf(format, tool, system),
    schema: schema === undefined ? schemaInWords(system) : jsonIn(schema),
    schemaName: name as string | undefined,
    body,
  };
}

function methodOf(format: Json, tool: Json, system: string): Asked['method'] {
  if (format.type === 'json_schema') return 'schema';
  if (format.type === 'json_object') return 'json_object';
  if (typeof tool.name === 'string') return 'tool';
  return schemaInWords(system) ? 'prompt' : 'text';
}

function response(asked: Asked, said: Said): Json {
  const { usage } = said;
  return {
    id: `resp_stub_${said.serial}`,
    object: 'response',
    created_at: 1795305600,
    model: asked.model,
    status: said.ending === 'length' || said.ending === 'filtered' ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: { length: { reason: 'max_output_tokens' }, filtered: { reason: 'content_filter' }, stop: null, refusal: null }[said.ending], // biome-ignore format: one thought
    output: [{ type: 'reasoning', id: 'rs_1', summary: [] }, output(asked, said)],
    ...(usage && {
      usage: {
        input_tokens: usage.input,
        input_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: 0 },
        output_tokens: usage.output,
        output_tokens_details: { reasoning_tokens: usage.reasoning },
        total_tokens: usage.input + usage.output,
      },
    }),
  };
}

function output(asked: Asked, said: Said): Json {
  if (asked.method === 'tool' && said.ending !== 'refusal')
    return { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: asked.schemaName, arguments: said.text, status: 'completed' }; // biome-ignore format: one thought
  const part =
    said.ending === 'refusal' ? { type: 'refusal', refusal: "I can't help with that." } : { type: 'output_text', annotations: [], text: said.text }; // biome-ignore format: one thought
  return { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [part] };
}

function responseFrames(asked: Asked, said: Said): string[] {
  const event = (type: string, more: Json): string => frame({ type, ...more }, type);
  const whole = response(asked, said);
  const kind =
    said.ending === 'refusal' ? 'response.refusal.delta' : asked.method === 'tool' ? 'response.function_call_arguments.delta' : 'response.output_text.delta'; // biome-ignore format: one thought
  const text = said.ending === 'refusal' ? "I can't help with that." : said.text;
  return [
    event('response.created', { response: { ...whole, status: 'in_progress', output: [], usage: null } }),
    ...pieces(text).map((delta) => event(kind, { item_id: 'msg_1', output_index: 1, content_index: 0, delta })),
    event(`response.${String(whole.status)}`, { response: whole }),
  ];
}

const bodies: Readonly<Record<Fault, readonly [status: number, type: string, code: string | null, message: string]>> = {
  auth: [401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'],
  quota: [429, 'insufficient_quota', 'insufficient_quota', 'You exceeded your current quota.'],
  rate_limit: [429, 'requests', 'rate_limit_exceeded', 'Rate limit reached for requests'],
  server: [500, 'server_error', null, 'The server had an error while processing your request.'],
  overloaded: [503, 'server_error', null, 'The engine is currently overloaded.'],
  moderation: [
    400,
    'invalid_request_error',
    'content_policy_violation',
    'Your request was rejected by the safety system.',
  ],
  invalid: [400, 'invalid_request_error', null, 'Invalid request.'],
  model: [404, 'invalid_request_error', 'model_not_found', 'The model does not exist.'],
  inside: [200, 'server_error', 'server_error', 'The model produced an error.'],
};

/** An error as OpenAI writes it; inside 200 it is a response that failed. */
export function openaiFault(fault: Fault, why?: string): FaultAnswer {
  const [status, type, code, message] = bodies[fault];
  const error = { message: why ?? message, type, param: null, code };
  if (fault !== 'inside') return { status, body: { error } };
  return {
    status,
    body: {
      id: 'resp_stub_0',
      object: 'response',
      status: 'failed',
      error: { code, message },
      incomplete_details: null,
      output: [],
    },
  };
}
