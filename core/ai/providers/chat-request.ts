// OpenAI's chat completions: what is sent.
import { isWithinStrict, strictSchema } from '../dialect.ts';
import type { JsonObject } from '../http.ts';
import type { StructuredMethod, TextRequest } from '../schema.ts';

/** `messages` with the system text in front, if there is any. */
export const chatMessages = (system: string, request: TextRequest): JsonObject[] => [
  ...(system === '' ? [] : [{ role: 'system', content: system }]),
  ...request.messages.map(({ role, text }) => ({ role, content: text })),
];

/** Fields of a streamed call. */
export const streaming = (streamed: boolean, { without }: Pick<TextRequest, 'without'> = {}): JsonObject =>
  streamed
    ? { stream: true, ...(!without?.includes('stream_options') && { stream_options: { include_usage: true } }) }
    : {};

/** The limit of an answer by its older name, the one that most servers know; models that think may know the newer one alone. */
export const limited = ({ maxOutputTokens, without }: TextRequest): JsonObject =>
  without?.includes('max_tokens') ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens };

/** One function that must be called, its arguments being the object. */
export const chatTool = (name: string, parameters: unknown, strict: boolean, forced: boolean): JsonObject => ({
  tools: [{ type: 'function', function: { name, parameters, ...(strict && { strict: true }) } }],
  ...(forced && { tool_choice: { type: 'function', function: { name } } }),
});

/** A strict schema, or a loose one where it is larger than strict ones may be. */
export function strictOrLoose(request: NonNullable<TextRequest['schema']>): { schema: JsonObject; strict: boolean } {
  const schema = strictSchema(request.jsonSchema);
  return { schema, strict: isWithinStrict(schema) };
}

/** How an object is asked for, for servers that speak OpenAI's chat in full. */
export function chatFormat(request: TextRequest, method: StructuredMethod | undefined): JsonObject {
  if (!method || !request.schema || method === 'prompt') return {};
  if (method === 'json_object') return { response_format: { type: 'json_object' } };
  const { name } = request.schema;
  const { schema, strict } = strictOrLoose(request.schema);
  if (method === 'tool') return chatTool(name, schema, strict, true);
  return { response_format: { type: 'json_schema', json_schema: { name, strict, schema } } };
}
