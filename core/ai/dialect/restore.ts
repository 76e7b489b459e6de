// A model's object as the schema meant it: what a dialect had to say differently is said back.
import type { JsonSchema } from '../schema.ts';
import { branches, isSchema } from './read.ts';

/**
 * The value with names in the schema's style, nulls dropped where a property may be missing and may not be null, and lists of `{ key, value }` turned into the
 * dictionaries they stand for. Needs no knowledge of the dialect, and leaves alone what it does not understand: the full schema is
 * checked afterwards. Pure.
 */
export const restored = (schema: JsonSchema, value: unknown): unknown => restore(schema, schema, value);

function restore(root: JsonSchema, node: JsonSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const all = branches(root, node);
  const branch = all.find((one) => fits(root, one, value)) ?? all[0]!;
  if (!Array.isArray(value)) return object(root, branch, value as Record<string, unknown>);
  if (isDictionary(branch)) return dictionary(root, branch, value);
  return value.map((item, i) => {
    const of = memberOf(branch, i);
    return of ? restore(root, of, item) : (item as unknown);
  });
}

function object(root: JsonSchema, branch: JsonSchema, value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([said, inner]) => {
    const name = meantBy(said, branch, value);
    const of = propertyOf(branch, name);
    if (!of) return [[name, inner] as const];
    return inner === null && isFiller(root, branch, name, of) ? [] : [[name, restore(root, of, inner)] as const];
  });
  return Object.fromEntries(entries);
}

/** The name of the schema for one that is written in another style: `Facts`, `img_en` for `imgEn`. Of two that may mean it neither does. */
function meantBy(said: string, { properties, additionalProperties }: JsonSchema, value: object): string {
  if (!isSchema(properties) || isSchema(additionalProperties) || Object.hasOwn(properties, said)) return said;
  const isMeant = (name: string) => styled(name) === styled(said);
  const name = Object.keys(properties).find(isMeant);
  return name !== undefined && Object.keys(value).filter(isMeant).length === 1 ? name : said;
}

const styled = (name: string): string => name.replace(/[\s_-]/g, '').toLowerCase();

function dictionary(root: JsonSchema, branch: JsonSchema, entries: readonly unknown[]): unknown {
  if (!entries.every(isEntry)) return entries;
  const values = branch.additionalProperties as JsonSchema;
  return Object.fromEntries(entries.map(({ key, value }) => [key, restore(root, values, value)]));
}

const isEntry = (entry: unknown): entry is { key: string; value: unknown } =>
  isSchema(entry) && typeof entry.key === 'string' && 'value' in entry;

const isDictionary = (branch: JsonSchema): boolean => !branch.properties && isSchema(branch.additionalProperties);

/** A null that only says "missing". */
const isFiller = (root: JsonSchema, branch: JsonSchema, name: string, of: JsonSchema): boolean =>
  !((branch.required as readonly string[] | undefined) ?? []).includes(name) && !admits(root, of, null);

function propertyOf(branch: JsonSchema, name: string): JsonSchema | undefined {
  const own =
    isSchema(branch.properties) && Object.hasOwn(branch.properties, name) ? branch.properties[name] : undefined;
  const of = own ?? branch.additionalProperties;
  return isSchema(of) ? of : undefined;
}

function memberOf(branch: JsonSchema, index: number): JsonSchema | undefined {
  const member: unknown = (branch.prefixItems as readonly unknown[] | undefined)?.[index] ?? branch.items;
  return isSchema(member) ? member : undefined;
}

const admits = (root: JsonSchema, node: JsonSchema, value: unknown): boolean =>
  branches(root, node).some((branch) => fits(root, branch, value));

/** Whether a value has the form of a branch, before it is said back; limits are not looked at. */
function fits(root: JsonSchema, branch: JsonSchema, value: unknown): boolean {
  if ('const' in branch) return branch.const === value;
  if (Array.isArray(branch.enum)) return branch.enum.includes(value);
  const types = [branch.type ?? []].flat();
  if (Array.isArray(value)) return fitsList(root, branch, value, types);
  if (typeof value === 'object' && value !== null)
    return (types.length === 0 || types.includes('object')) && fitsObject(root, branch, value as JsonSchema);
  return types.length === 0 || types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function fitsList(root: JsonSchema, branch: JsonSchema, value: readonly unknown[], types: readonly unknown[]): boolean {
  if (isDictionary(branch)) return value.every((entry) => isEntry(entry) && admits(root, branch.additionalProperties as JsonSchema, entry.value)); // biome-ignore format: one thought
  if (types.length > 0 && !types.includes('array')) return false;
  return value.every((item, i) => {
    const of = memberOf(branch, i);
    return !of || admits(root, of, item);
  });
}

function fitsObject(root: JsonSchema, branch: JsonSchema, value: JsonSchema): boolean {
  const required = (branch.required as readonly string[] | undefined) ?? [];
  if (required.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, inner]) => {
    const of = propertyOf(branch, name);
    if (!of) return branch.additionalProperties !== false;
    return admits(root, of, inner) || (inner === null && isFiller(root, branch, name, of));
  });
}
