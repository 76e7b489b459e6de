// From the zod schema of a verb to the JSON Schema of its JSON: the same names, written in snake_case.
import * as z from 'zod';
import { snake } from '../../../core/platform/case.ts';

export type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  [key: string]: unknown;
};

/**
 * JSON Schema (2020-12, as OpenAPI 3.1 takes it) of what a client sends (`input`) or gets (`output`).
 * Throws where a pattern has a flag: a pattern of JSON Schema has none, and would refuse what is taken here.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema }) => mustSayAll(zodSchema._zod.def.checks),
  }) as JsonSchema;
  return renamed(made);
}

/** `u` is how JSON Schema reads patterns anyway. */
function mustSayAll(checks: readonly { _zod: { def: object } }[] = []): void {
  for (const { _zod } of checks) {
    const pattern = 'pattern' in _zod.def ? _zod.def.pattern : undefined;
    if (pattern instanceof RegExp && !/^u?$/.test(pattern.flags))
      throw new TypeError(`${pattern} loses its flags in the API description: write them into the pattern`);
  }
}

function renamed(schema: JsonSchema): JsonSchema {
  const out: JsonSchema = { ...schema };
  if (schema.properties)
    out.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [snake(name), renamed(value)]),
    );
  if (schema.required) out.required = schema.required.map(snake);
  if (schema.items) out.items = renamed(schema.items);
  if (schema.allOf) out.allOf = schema.allOf.map(renamed);
  if (schema.anyOf) out.anyOf = schema.anyOf.map(renamed);
  if (typeof schema.additionalProperties === 'object') out.additionalProperties = renamed(schema.additionalProperties);
  return out;
}

/** Properties of an object schema, those of its intersections included. */
export function propertiesOf(schema: JsonSchema): { properties: Record<string, JsonSchema>; required: string[] } {
  const parts = [schema, ...(schema.allOf ?? [])];
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})),
    required: parts.flatMap(({ required }) => required ?? []),
  };
}
