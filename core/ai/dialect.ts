// The schema of an object as each provider wants it said. Pure; `restored` says the answer back.
import { isSchema, schemasIn } from './dialect/read.ts';
import { type Rules, translate } from './dialect/translate.ts';
import type { JsonSchema } from './schema.ts';

export { isRecursive } from './dialect/read.ts';
export { restored } from './dialect/restore.ts';

const named = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];
const ofStrict = ['minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems'];

const strict: Rules = {
  strict: true,
  closed: true,
  constAsEnum: false,
  keeps: (keyword, value) =>
    ofStrict.includes(keyword) ||
    (keyword === 'format' && named.includes(String(value))) ||
    // lookarounds and the like are not understood
    (keyword === 'pattern' && !String(value).includes('(?')),
};

const reduced: Rules = {
  strict: false,
  closed: true,
  constAsEnum: false,
  keeps: (keyword, value) => keyword === 'minItems' && (value === 0 || value === 1),
};

const ofGemini = ['minimum', 'maximum', 'minItems', 'maxItems'];

const gemini: Rules = {
  strict: false,
  closed: false,
  constAsEnum: true,
  keeps: (keyword, value) =>
    ofGemini.includes(keyword) || (keyword === 'format' && ['date-time', 'date', 'time'].includes(String(value))),
};

const plain: Rules = { strict: false, closed: false, constAsEnum: false, keeps: () => true };

/** OpenAI's strict subset: all required, closed, missing is null. Source: providers.md 2.1. */
export const strictSchema = (schema: JsonSchema): JsonSchema => translate(rooted(schema), strict);

/** Anthropic's subset: closed, no limits, no recursion (see `isRecursive`). Source: providers.md 2.2. */
export const reducedSchema = (schema: JsonSchema): JsonSchema => translate(rooted(schema), reduced);

/** What Gemini reads: no `const`, no lengths, no patterns. Source: providers.md 2.3, 3.6. */
export const geminiSchema = (schema: JsonSchema): JsonSchema => translate(rooted(schema), gemini);

/** Everything said, nothing said twice: for tools that are not strict and for prompts. */
export const plainSchema = (schema: JsonSchema): JsonSchema => translate(rooted(schema), plain);

function rooted(schema: JsonSchema): JsonSchema {
  if (schema.type !== 'object') throw new TypeError('what a model is asked for must be an object');
  return schema;
}

/** Whether OpenAI takes a strict schema of this size. Source: providers.md 2.1: 5000 properties, 10 levels, 120,000 characters of names and values, 1000 values. */
export function isWithinStrict(schema: JsonSchema): boolean {
  const sum = { properties: 0, levels: 0, characters: 0, values: 0 };
  const visit = (node: unknown, level: number): void => {
    if (!isSchema(node)) return;
    const properties = isSchema(node.properties) ? node.properties : {};
    const values = [...((node.enum as unknown[] | undefined) ?? []), ...('const' in node ? [node.const] : [])];
    const names = [...Object.keys(properties), ...values.map(String), ...Object.keys(node.$defs ?? {})];
    sum.properties += Object.keys(properties).length;
    sum.values += values.length;
    sum.characters += names.join('').length;
    sum.levels = Math.max(sum.levels, level);
    for (const one of Object.values(properties)) visit(one, level + 1);
    for (const one of Object.values(node.$defs ?? {})) visit(one, 1);
    for (const one of schemasIn(node.anyOf)) visit(one, level);
    visit(node.items, level);
  };
  visit(schema, 1);
  return sum.properties <= 5000 && sum.levels <= 10 && sum.characters <= 120_000 && sum.values <= 1000;
}

/** The words that ask for an object where no field of the request can. They hold the word json, which `json_object` modes demand. */
export const schemaInPrompt = (schema: JsonSchema): string =>
  `Answer with one JSON object and nothing else: no code fence, no words around it. It must be valid under this JSON Schema:\n<json_schema>${JSON.stringify(plainSchema(schema))}</json_schema>`;

/** An object of a schema's form, its texts being dots. */
export const exampleOf = (schema: JsonSchema): unknown => example(plainSchema(schema), 0);

function example(node: unknown, depth: number): unknown {
  if (!isSchema(node) || depth > 8) return null;
  if ('const' in node) return node.const;
  if (Array.isArray(node.enum)) return node.enum[0];
  if (Array.isArray(node.anyOf)) return example(node.anyOf[0], depth);
  const [type] = [node.type].flat();
  if (type === 'object') return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, of]) => [name, example(of, depth + 1)])); // biome-ignore format: one thought
  if (type === 'array') return [example(node.items, depth + 1)];
  return { string: '…', integer: 1, number: 1, boolean: true }[String(type)] ?? null;
}
