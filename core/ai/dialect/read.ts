// Reading a JSON Schema: its parts, its names, its unions.
import type { JsonSchema } from '../schema.ts';

export const nothing: JsonSchema = { type: 'null' };

export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const schemasIn = (value: unknown): readonly JsonSchema[] =>
  Array.isArray(value) ? value.filter(isSchema) : [];

/** `$defs` by name. */
export const named = (root: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  isSchema(root.$defs) ? (root.$defs as Record<string, JsonSchema>) : {};

/** What a local reference stands for; the node itself when it is none. */
export function resolved(root: JsonSchema, node: JsonSchema): JsonSchema {
  let at = node;
  for (let steps = 0; typeof at.$ref === 'string' && steps < 100; steps++) {
    const name = at.$ref.replace(/^#\/\$defs\//, '');
    at = at.$ref === '#' ? root : (named(root)[name] ?? {});
  }
  return at;
}

/** The branches of a union, references followed, unions of unions flattened; one branch when it is none. */
export function branches(root: JsonSchema, node: JsonSchema): readonly JsonSchema[] {
  const at = merged(resolved(root, node));
  const inner = schemasIn(at.anyOf ?? at.oneOf);
  return inner.length === 0 ? [at] : inner.flatMap((branch) => branches(root, branch));
}

/** `allOf` made one: properties and requirements together, of other keywords the last. */
export function merged(node: JsonSchema): JsonSchema {
  if (!Array.isArray(node.allOf)) return node;
  const { allOf, ...own } = node;
  const all = [...schemasIn(allOf).map(merged), own];
  const properties = Object.assign({}, ...all.map((one) => one.properties ?? {})) as JsonSchema;
  const required = [...new Set(all.flatMap((one) => (one.required as string[] | undefined) ?? []))];
  return {
    ...(Object.assign({}, ...all) as JsonSchema),
    ...(Object.keys(properties).length > 0 && { properties, required }),
  };
}

/** Whether a schema speaks of itself. */
export function isRecursive(root: JsonSchema): boolean {
  const meets = (node: unknown, seen: readonly string[]): boolean => {
    if (Array.isArray(node)) return node.some((one) => meets(one, seen));
    if (!isSchema(node)) return false;
    if (typeof node.$ref === 'string')
      return node.$ref === '#' || seen.includes(node.$ref) || meets(resolved(root, node), [...seen, node.$ref]);
    return Object.entries(node).some(([keyword, value]) => keyword !== '$defs' && meets(value, seen));
  };
  return meets(root, []);
}
