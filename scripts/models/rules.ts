// The rules providers hold schemas to; what breaks one is refused by them with 400, and so it is here.
import { isJson, type Json, jsons } from './protocol.ts';

const ofStrict = new Set([
  'type', 'description', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', '$ref', '$defs', 'pattern', 'format', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems',
]); // biome-ignore format: a list
const ofReduced = new Set([
  'type', 'description', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', 'allOf', '$ref', '$defs', 'minItems', 'format',
]); // biome-ignore format: a list
const ofGemini = new Set([
  'type', 'title', 'description', 'properties', 'required', 'additionalProperties', 'items', 'prefixItems', 'enum', 'anyOf', '$ref', '$defs', 'format', 'minimum', 'maximum', 'minItems', 'maxItems',
]); // biome-ignore format: a list

/** What is wrong with a schema, or undefined. */
export type Rule = (schema: unknown) => string | undefined;

export const strictRule: Rule = (schema) =>
  root(schema) ?? walk(schema, (node) => unknownKeyword(node, ofStrict) ?? open(node) ?? notRequired(node));

export const reducedRule: Rule = (schema) =>
  root(schema) ??
  walk(schema, (node) => unknownKeyword(node, ofReduced) ?? open(node) ?? (Number(node.minItems ?? 0) > 1 ? 'minItems above 1' : undefined)); // biome-ignore format: one thought

export const geminiRule: Rule = (schema) => walk(schema, (node) => unknownKeyword(node, ofGemini));

const root = (schema: unknown): string | undefined =>
  isJson(schema) && schema.type === 'object' ? undefined : 'the root is not an object';

const unknownKeyword = (node: Json, known: ReadonlySet<string>): string | undefined => {
  const keyword = Object.keys(node).find((one) => !known.has(one));
  return keyword && `keyword ${keyword} is not supported`;
};

const isObjectNode = (node: Json): boolean => [node.type].flat().includes('object');

const open = (node: Json): string | undefined =>
  isObjectNode(node) && node.additionalProperties !== false ? 'additionalProperties is not false' : undefined;

const notRequired = (node: Json): string | undefined => {
  const required = new Set(node.required as string[] | undefined);
  const missing = Object.keys(node.properties ?? {}).find((name) => !required.has(name));
  return missing && `${missing} is not required`;
};

function walk(node: unknown, of: (node: Json) => string | undefined): string | undefined {
  if (!isJson(node)) return 'a schema is not an object';
  const own = of(node);
  if (own) return own;
  const inner = [
    ...Object.values(node.properties ?? {}),
    ...Object.values(node.$defs ?? {}),
    ...jsons(node.anyOf),
    ...(node.items === undefined ? [] : [node.items]),
  ];
  for (const one of inner) {
    const wrong = walk(one, of);
    if (wrong) return wrong;
  }
  return undefined;
}
