// Gemini's generateContent, whole and streamed.
import { type Asked, type Fault, type FaultAnswer, frame, type Json, jsonIn, jsons, type Protocol, pieces, type Said, schemaInWords } from './protocol.ts'; // biome-ignore format: one thought
import { geminiRule } from './rules.ts';

export const gemini: Protocol = {
  provider: 'gemini',
  prefix: '/gemini/v1beta',
  key: (headers) => headers.get('x-goog-api-key') ?? undefined,
  read,
  answer: (asked, said) => whole(asked, said, said.text),
  frames,
  thought: () => frame({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'thinking', thought: true }] } }] }), // biome-ignore format: one thought
  fault,
  faultFrame: () => frame({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
};

const route = /^\/models\/([\w.-]+):(generateContent|streamGenerateContent\?alt=sse)$/;
const fields = ['contents', 'systemInstruction', 'generationConfig', 'safetySettings', 'tools'];

function read(path: string, body: Json): Asked | string {
  const [, model, action] = route.exec(path) ?? [];
  if (!model) return `no route ${path}`;
  const unknown = Object.keys(body).find((name) => !fields.includes(name));
  if (unknown) return `Unknown name "${unknown}"`;
  const contents = jsons(body.contents);
  if (contents.length === 0) return 'contents is not specified';
  if (contents.some((one) => one.role !== 'user' && one.role !== 'model'))
    return 'Please use a valid role: user, model.';
  const config = jsonIn(body.generationConfig);
  const schema = config.responseJsonSchema;
  if (schema !== undefined && config.responseMimeType !== 'application/json') return 'responseJsonSchema needs responseMimeType'; // biome-ignore format: one thought
  const wrong = schema === undefined ? undefined : geminiRule(schema);
  if (wrong) return `responseJsonSchema: ${wrong}`;
  const system = textOf(jsonIn(body.systemInstruction));
  return {
    provider: 'gemini',
    model,
    system,
    messages: contents.map((one) => ({ role: one.role === 'model' ? 'assistant' : 'user', text: textOf(one) })),
    streamed: action !== 'generateContent',
    method: schema ? 'schema' : config.responseMimeType ? 'json_object' : schemaInWords(system) ? 'prompt' : 'text',
    schema: schema === undefined ? schemaInWords(system) : jsonIn(schema),
    body,
  };
}

const textOf = (content: Json): string => jsons(content.parts).map((part) => String(part.text)).join(''); // biome-ignore format: one thought

const reasons = { stop: 'STOP', length: 'MAX_TOKENS', refusal: 'PROHIBITED_CONTENT', filtered: 'SAFETY' } as const;

const counts = ({ input, output, cached, reasoning }: NonNullable<Said['usage']>): Json => ({
  promptTokenCount: input,
  candidatesTokenCount: output - reasoning,
  thoughtsTokenCount: reasoning,
  cachedContentTokenCount: cached,
  totalTokenCount: input + output,
});

function whole(asked: Asked, said: Said, text: string, isLast = true): Json {
  const refused = said.ending === 'refusal' || said.ending === 'filtered';
  const parts = [...(isLast ? [{ text: 'thinking it over', thought: true }] : []), { text }];
  return {
    candidates: [
      {
        index: 0,
        ...(isLast && { finishReason: reasons[said.ending] }),
        ...(!refused && { content: { role: 'model', parts } }),
      },
    ],
    ...(isLast && said.usage && { usageMetadata: counts(said.usage) }),
    modelVersion: asked.model,
    responseId: `stub-${said.serial}`,
  };
}

function frames(asked: Asked, said: Said): string[] {
  const all = said.ending === 'refusal' || said.ending === 'filtered' ? [''] : pieces(said.text);
  const given = all.length === 0 ? [''] : all;
  return given.map((piece, i) => frame(whole(asked, said, piece, i === given.length - 1)));
}

const bodies: Readonly<Record<Fault, readonly [code: number, status: string, message: string, details?: readonly Json[]]>> = {
  auth: [400, 'INVALID_ARGUMENT', 'API key not valid.', [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]],
  quota: [
    429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.',
    [{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }] }],
  ],
  rate_limit: [
    429, 'RESOURCE_EXHAUSTED', 'Too many requests per minute.',
    [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerMinutePerProject' }] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' },
    ],
  ],
  server: [500, 'INTERNAL', 'An internal error has occurred.'],
  overloaded: [503, 'UNAVAILABLE', 'The model is overloaded.'],
  moderation: [200, '', ''],
  invalid: [400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  model: [404, 'NOT_FOUND', 'models/unknown is not found.'],
  inside: [200, '', ''],
}; // biome-ignore format: a table

/** A blocked prompt is HTTP 200 without candidates; so is an answer that the server lost. */
function fault(name: Fault, why?: string): FaultAnswer {
  const [code, status, message, details] = bodies[name];
  const usageMetadata = { promptTokenCount: 12, totalTokenCount: 12 };
  if (name === 'moderation') return { status: 200, body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata } }; // biome-ignore format: one thought
  if (name === 'inside') return { status: 200, body: { candidates: [{ index: 0, finishReason: 'MALFORMED_RESPONSE' }], usageMetadata } }; // biome-ignore format: one thought
  return { status: code, body: { error: { code, message: why ?? message, status, ...(details && { details }) } } };
}
