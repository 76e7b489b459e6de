// OpenAI's chat completions as a server speaks them, for the providers that share them.
import { type Asked, type Counts, frame, type Json, jsonIn, jsons, pieces, type Said, schemaInWords, type Turn, word } from './protocol.ts'; // biome-ignore format: one thought
import { type Rule, strictRule } from './rules.ts';

/** How a server of this shape differs from the others. */
export type ChatWays = {
  readonly provider: string;
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** Values of `response_format.type` it takes. */
  readonly formats: readonly string[];
  readonly schemaRule?: Rule;
};

/** The request read, or what is wrong with it. */
export function readChat(ways: ChatWays, path: string, body: Json): Asked | string {
  if (path !== '/chat/completions') return `no route ${path}`;
  const messages = jsons(body.messages);
  if (typeof body.model !== 'string') return 'model is required';
  if (messages.length === 0) return 'messages is required';
  if (messages.some((one) => typeof one.content !== 'string')) return 'content must be a string';
  if (!Number.isInteger(body[ways.limit])) return `${ways.limit} is required`;
  const format = jsonIn(body.response_format);
  const kind = word(format.type);
  if (kind !== '' && !ways.formats.includes(kind)) return `response_format ${kind} is not supported`;
  const system = messages.filter((one) => one.role === 'system').map((one) => String(one.content)).join('\n'); // biome-ignore format: one thought
  const said = JSON.stringify(messages);
  if (format.type === 'json_object' && !/json/i.test(said)) return 'the prompt must contain the word json';
  const named = jsonIn(format.json_schema);
  const tool = jsonIn(jsons(body.tools)[0]?.function);
  const schema = named.schema ?? tool.parameters;
  if (named.strict === true || tool.strict === true) {
    const wrong = (ways.schemaRule ?? strictRule)(schema);
    if (wrong) return `invalid schema: ${wrong}`;
  }
  return {
    provider: ways.provider,
    model: body.model,
    system,
    messages: turns(messages),
    streamed: body.stream === true,
    method: methodOf(format, tool, system),
    schema: schema === undefined ? schemaInWords(system) : jsonIn(schema),
    schemaName: (named.name ?? tool.name) as string | undefined,
    body,
  };
}

const turns = (messages: readonly Json[]): Turn[] =>
  messages
    .filter((one) => one.role !== 'system')
    .map((one) => ({ role: one.role as Turn['role'], text: String(one.content) }));

function methodOf(format: Json, tool: Json, system: string): Asked['method'] {
  if (format.type === 'json_schema') return 'schema';
  if (format.type === 'json_object') return 'json_object';
  if (typeof tool.name === 'string') return 'tool';
  return schemaInWords(system) ? 'prompt' : 'text';
}

const reasons = { stop: 'stop', length: 'length', refusal: 'stop', filtered: 'content_filter' } as const;

/** A whole answer. `more` goes beside `choices`; `reason` overrides the finish reason. */
export function chatAnswer(asked: Asked, said: Said, more: Json = {}, reason?: string): Json {
  const tool = asked.method === 'tool' && said.ending !== 'refusal';
  const message = {
    role: 'assistant',
    content: tool ? null : said.ending === 'refusal' ? null : said.text,
    ...(said.ending === 'refusal' && { refusal: "I can't help with that." }),
    ...(tool && { tool_calls: [call(asked, said.text)] }),
  };
  return {
    id: `chatcmpl-stub-${said.serial}`,
    object: 'chat.completion',
    created: 1795305600,
    model: asked.model,
    choices: [{ index: 0, finish_reason: reason ?? (tool ? 'tool_calls' : reasons[said.ending]), message }],
    ...(said.usage && { usage: chatUsage(said.usage) }),
    ...more,
  };
}

const call = (asked: Asked, text: string): Json => ({
  index: 0,
  id: 'call_stub_1',
  type: 'function',
  function: { name: asked.schemaName, arguments: text },
});

export const chatUsage = ({ input, output, cached, reasoning }: Counts): Json => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
});

/** A model that thinks aloud before it speaks. */
export const chatThought = (asked: Asked): string =>
  frame({
    id: 'chatcmpl-stub-thought',
    object: 'chat.completion.chunk',
    created: 1795305600,
    model: asked.model,
    choices: [{ index: 0, delta: { reasoning_content: '想一想。' }, finish_reason: null }],
  });

/** A streamed answer; `usage` comes in a last event without choices, as `include_usage` asks. */
export function chatFrames(asked: Asked, said: Said, reason?: string): string[] {
  const chunk = (choices: readonly Json[], more: Json = {}): string =>
    frame({
      id: `chatcmpl-stub-${said.serial}`,
      object: 'chat.completion.chunk',
      created: 1795305600,
      model: asked.model,
      choices,
      ...more,
    });
  const tool = asked.method === 'tool';
  const delta = (piece: string): Json => (tool ? { tool_calls: [call(asked, piece)] } : { content: piece });
  const body =
    said.ending === 'refusal' ? [chunk([{ index: 0, delta: { refusal: "I can't help with that." }, finish_reason: null }])] : pieces(said.text).map((piece) => chunk([{ index: 0, delta: delta(piece), finish_reason: null }])); // biome-ignore format: one thought
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...body,
    chunk([{ index: 0, delta: {}, finish_reason: reason ?? (tool ? 'tool_calls' : reasons[said.ending]) }]),
    ...(said.usage ? [chunk([], { usage: chatUsage(said.usage) })] : []),
    frame('[DONE]'),
  ];
}
