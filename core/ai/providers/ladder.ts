// Which rung of the ladder schema → tool → json_object → prompt a provider stands on when it does not offer the one asked for.
import { exampleOf, schemaInPrompt } from '../dialect.ts';
import type { StructuredMethod, TextRequest } from '../schema.ts';

const ladder: readonly StructuredMethod[] = ['schema', 'tool', 'json_object', 'prompt'];

/** The method asked for, or the next looser one that is offered; words alone for a server that takes no form; undefined when free text is asked for. Source: providers.md 3.6. */
export function methodOf(request: TextRequest, offered: readonly StructuredMethod[]): StructuredMethod | undefined {
  if (!request.schema) return undefined;
  if (request.without?.includes('response_format')) return 'prompt';
  return ladder.slice(ladder.indexOf(request.method)).find((method) => offered.includes(method)) ?? 'prompt';
}

/** The system text, with the schema in words where no field carries it. */
export function systemOf(request: TextRequest, method: StructuredMethod | undefined, example = false): string {
  if (!request.schema || (method !== 'json_object' && method !== 'prompt')) return request.system;
  const { jsonSchema } = request.schema;
  const sample = example ? `\nFor example, in form only: ${JSON.stringify(exampleOf(jsonSchema))}` : '';
  return [request.system, schemaInPrompt(jsonSchema) + sample].filter(Boolean).join('\n\n');
}
