// A JSON Schema rewritten for a provider that understands only part of the language.
import type { JsonSchema } from '../schema.ts';
import { isSchema, merged, named, nothing, schemasIn } from './read.ts';

export type Rules = {
  /** Keywords that stay as they are, of those that narrow a value. Whatever else narrows goes into the description. */
  readonly keeps: (keyword: string, value: unknown, node: JsonSchema) => boolean;
  /** Every property required, what may be missing is null instead; every object closed. */
  readonly strict: boolean;
  /** `additionalProperties: false` on every object; what has keys of its own becomes a list of `{ key, value }`. */
  readonly closed: boolean;
  /** `const` as an `enum` of one. */
  readonly constAsEnum: boolean;
};

const narrowing = [
  'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems',
] as const; // biome-ignore format: a list

/** The whole schema in the dialect of `rules`. Pure. */
export function translate(root: JsonSchema, rules: Rules): JsonSchema {
  const defs = named(root);
  const translated = node(root, rules);
  return Object.keys(defs).length === 0
    ? translated
    : { ...translated, $defs: Object.fromEntries(Object.entries(defs).map(([name, one]) => [name, node(one, rules)])) };
}

function node(given: JsonSchema, rules: Rules): JsonSchema {
  const one = merged(given);
  if (typeof one.$ref === 'string') return { $ref: one.$ref };
  const branches = schemasIn(one.anyOf ?? one.oneOf);
  return {
    ...(one.type !== undefined && { type: one.type }),
    ...described(one, rules),
    ...(branches.length > 0 && { anyOf: branches.map((branch) => node(branch, rules)) }),
    ...choices(one, rules),
    ...kept(one, rules),
    ...(isSchema(one.items) || one.prefixItems ? { items: itemsOf(one, rules) } : {}),
    ...(one.type === 'object' || one.properties ? object(one, rules) : {}),
  };
}

function choices(one: JsonSchema, rules: Rules): JsonSchema {
  if ('enum' in one) return { enum: one.enum };
  if (!('const' in one)) return {};
  return rules.constAsEnum ? { enum: [one.const] } : { const: one.const };
}

/** Limits the dialect cannot say are said in words; the full schema is checked when the answer is here. */
function described(one: JsonSchema, rules: Rules): JsonSchema {
  const said = narrowing
    .filter((keyword) => keyword in one && !isNothing(keyword, one) && !rules.keeps(keyword, one[keyword], one))
    .map((keyword) => `${keyword} ${String(one[keyword])}`);
  const words = typeof one.description === 'string' ? [one.description] : [];
  const all = [...words, ...(said.length > 0 ? [`(${said.join(', ')})`] : [])].join(' ');
  return all === '' ? {} : { description: all };
}

const kept = (one: JsonSchema, rules: Rules): JsonSchema =>
  Object.fromEntries(
    narrowing
      .filter((keyword) => keyword in one && !isNothing(keyword, one) && rules.keeps(keyword, one[keyword], one))
      .map((keyword) => [keyword, one[keyword]]),
  );

/** Bounds that bound nothing: zod's safe integers, and the pattern of a format that has a name. */
const isNothing = (keyword: string, one: JsonSchema): boolean =>
  (keyword === 'pattern' && typeof one.format === 'string') ||
  (['minimum', 'maximum'].includes(keyword) && Math.abs(Number(one[keyword])) === Number.MAX_SAFE_INTEGER);

/** A tuple becomes a list of any of its members. */
function itemsOf(one: JsonSchema, rules: Rules): JsonSchema {
  const members = schemasIn(one.prefixItems);
  if (members.length === 0) return node(one.items as JsonSchema, rules);
  const all = [...members, ...(isSchema(one.items) ? [one.items] : [])].map((member) => node(member, rules));
  const different = [...new Map(all.map((member) => [JSON.stringify(member), member])).values()];
  return different.length === 1 ? different[0]! : { anyOf: different };
}

function object(one: JsonSchema, rules: Rules): JsonSchema {
  const values = one.additionalProperties;
  if (isSchema(values) && !one.properties) return dictionary(one, values, rules);
  const properties = isSchema(one.properties) ? (one.properties as Record<string, JsonSchema>) : {};
  const needed = new Set(one.required as readonly string[] | undefined);
  const names = Object.keys(properties);
  const said = names.map((name) => {
    const translated = node(properties[name]!, rules);
    return [name, rules.strict && !needed.has(name) ? orNull(translated) : translated] as const;
  });
  return {
    ...(rules.closed && { additionalProperties: false }),
    required: rules.strict ? names : names.filter((name) => needed.has(name)),
    properties: Object.fromEntries(said),
  };
}

function dictionary(one: JsonSchema, values: JsonSchema, rules: Rules): JsonSchema {
  if (!rules.closed) return { additionalProperties: node(values, rules) };
  const key = isSchema(one.propertyNames) ? node(one.propertyNames, rules) : { type: 'string' };
  const entry = { key: { type: 'string', ...key }, value: node(values, rules) };
  return {
    type: 'array',
    items: { type: 'object', additionalProperties: false, required: ['key', 'value'], properties: entry },
  };
}

/** The same, or null. */
function orNull(one: JsonSchema): JsonSchema {
  if (Array.isArray(one.anyOf)) return admitsNull(one) ? one : { ...one, anyOf: [...schemasIn(one.anyOf), nothing] };
  const { type } = one;
  if (Array.isArray(type)) return type.includes('null') ? one : { anyOf: [one, nothing] };
  // without a type anything goes, null too
  if (type === undefined && !('$ref' in one || 'enum' in one || 'const' in one)) return one;
  if (type === undefined || 'const' in one) return { anyOf: [one, nothing] };
  return { ...one, type: [type, 'null'], ...(Array.isArray(one.enum) && { enum: [...(one.enum as unknown[]), null] }) }; // biome-ignore format: one thought
}

const admitsNull = (one: JsonSchema): boolean => schemasIn(one.anyOf).some((branch) => branch.type === 'null');
