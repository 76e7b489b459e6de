// Whether an answer is the object that was asked for. Pure.
import * as z from 'zod';
import type { ObjectCall } from './call.ts';
import { restored } from './dialect.ts';
import { isObject } from './http.ts';
import { meant } from './repair/meant.ts';
import { listIn, objectIn } from './repair.ts';
import type { JsonSchema } from './schema.ts';

export type Judged<T> = { readonly value: T } | { readonly fault: string };

/** What a schema says to models: the form before zod's own defaults and transformations. Which draft it is written in is not said. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...said } = z.toJSONSchema(schema, { io: 'input' });
  return said;
}

/** Faults told to the model at once: more would be lost on it. */
const mostFaults = 12;

/**
 * The value, or the fault in words for the model. An answer that is right but for its form is not asked for again: it would be paid again,
 * and come in the same form.
 */
export function judge<T>(call: Pick<ObjectCall<T>, 'schema' | 'check'>, answer: string): Judged<T> {
  const jsonSchema = schemaOf(call.schema);
  let error: z.ZodError | undefined;
  for (const object of readingsOf(answer, jsonSchema)) {
    const read = parsed(call.schema, jsonSchema, object);
    if (read.success) return checked(call, read.data);
    error ??= read.error;
  }
  if (!error) return { fault: 'There is no complete JSON object in the answer.' };
  const faults = error.issues.map(({ path, message }) => `- ${path.map(String).join('.') || 'the object'}: ${message}`);
  return { fault: faults.slice(0, mostFaults).join('\n') };
}

/**
 * What an answer may mean: objects in a list, as one; the object in it; the list that the object would consist of, alone or under another
 * name; an object inside another one.
 */
function* readingsOf(answer: string, schema: JsonSchema): Generator<Record<string, unknown>> {
  const found = objectIn(answer);
  const alone = joinedIn(listIn(answer, 'list')?.list, schema);
  if (alone) yield alone;
  if (found) yield found;
  yield* renamedIn(found, schema);
  const name = listOf(schema);
  const list = name === undefined ? undefined : listIn(answer, name);
  if (list) yield list;
  yield* wrappedIn(found, schema);
}

function checked<T>(call: Pick<ObjectCall<T>, 'check'>, value: T): Judged<T> {
  const fault = call.check?.(value);
  return fault === undefined ? { value } : { fault };
}

/** What is put right in one field may be wrong in another way, as a list of numbers that are texts. */
const mostRounds = 3;

/** The object by its schema, as it is or as it was meant; else what is wrong with it as it is. */
function parsed<T>(schema: z.ZodType<T>, jsonSchema: JsonSchema, object: Record<string, unknown>) {
  const said = restored(jsonSchema, object) as Record<string, unknown>;
  const asIs = schema.safeParse(said);
  let [read, at]: [typeof asIs, Record<string, unknown> | undefined] = [asIs, said];
  for (let round = 0; !read.success && round < mostRounds; round++) {
    at = meant(at, read.error.issues);
    if (!at) return asIs;
    read = schema.safeParse(at);
  }
  return read.success ? read : asIs;
}

const requiredOf = ({ required }: JsonSchema): readonly string[] => (required as readonly string[] | undefined) ?? [];

/** The one list that an object consists of: some models answer with the list alone. */
function listOf(schema: JsonSchema): string | undefined {
  const [name, ...others] = requiredOf(schema);
  const of = name === undefined ? undefined : (schema.properties as Record<string, JsonSchema>)[name];
  return others.length === 0 && of?.type === 'array' ? name : undefined;
}

/** Several objects of lists, as one for each scene, as one. */
function joinedIn(list: unknown, schema: JsonSchema): Record<string, unknown> | undefined {
  const names = requiredOf(schema);
  if (!Array.isArray(list) || list.length === 0 || names.length === 0) return undefined;
  const isPart = (one: unknown): one is Record<string, unknown[]> => isObject(one) && names.every((name) => Array.isArray(one[name])); // biome-ignore format: one thought
  if (!list.every(isPart)) return undefined;
  return Object.fromEntries(names.map((name) => [name, list.flatMap((one) => one[name] ?? [])]));
}

/** The one list of an object that has another name than was asked for. */
function* renamedIn(
  found: Record<string, unknown> | undefined,
  schema: JsonSchema,
): Generator<Record<string, unknown>> {
  const lists = Object.values(found ?? {}).filter((one) => Array.isArray(one));
  const [list, ...others] = lists;
  if (!list || others.length > 0) return;
  const joined = joinedIn(list, schema);
  if (joined) yield joined;
  const name = listOf(schema);
  const row = name === undefined ? undefined : ((schema.properties as Record<string, JsonSchema>)[name]?.items as JsonSchema | undefined); // biome-ignore format: one thought
  // what may be missing in a row says of no other list that it is the one
  const isRow = (one: unknown): boolean =>
    isObject(one) && requiredOf(row ?? {}).some((key) => Object.hasOwn(one, key));
  if (name !== undefined && list.length > 0 && list.every(isRow)) yield { [name]: list };
}

/** The object around which another one was put: `{"data": {…}}`. Of two, as a draft and what came of it, none is taken for the answer. */
function wrappedIn(found: Record<string, unknown> | undefined, schema: JsonSchema): Record<string, unknown>[] {
  const inner = Object.values(found ?? {}).filter(
    (one): one is Record<string, unknown> =>
      typeof one === 'object' && one !== null && requiredOf(schema).every((name) => Object.hasOwn(one, name)),
  );
  return inner.length === 1 ? inner : [];
}
