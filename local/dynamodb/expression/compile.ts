// Expressions of a request, compiled once for each text, set of names and types of values.
import { invalid } from '../failure.ts';
import { checkItem } from '../value/check.ts';
import type { Value } from '../value/value.ts';
import { conditionOf, type Meets } from './condition.ts';
import type { ExpressionInput, ParsedCondition, Path } from './dynalite.ts';
import { type KeyCondition, keyConditionOf } from './key-condition.ts';
import type { Values } from './operand.ts';
import { parseExpressions, expressionTexts as texts } from './parse.ts';
import { type Project, projectionOf } from './projection.ts';
import { type Apply, updateOf } from './update.ts';

type Heads = Readonly<Record<string, boolean>>;
type Nested = { readonly nested: Heads };

export type Compiled = {
  readonly condition?: Nested & { readonly meets: Meets };
  readonly filter?: Nested & { readonly meets: Meets; readonly heads: Heads };
  readonly key?: KeyCondition;
  readonly update?: Nested & {
    readonly apply: Apply;
    readonly paths: readonly Path[];
    readonly types: readonly SetType[];
  };
  readonly projection?: Nested & { readonly project: Project };
};

/** Type that an update gives an attribute as a whole, where it can be known beforehand. */
type SetType = { readonly attribute: string; readonly type: string | null };

/** Expressions kept; the oldest leaves first. */
const KEPT = 2000;

const kept = new Map<string, Compiled>();

/** Bounds of BETWEEN and the name of a type are checked with the grammar: such expressions are parsed anew. */
const dependsOnValues = (input: ExpressionInput): boolean =>
  /between|attribute_type/i.test(`${input.ConditionExpression ?? ''} ${input.FilterExpression ?? ''}`);

/** Lengths stand before the parts, so that no two requests share a key by accident. */
const keyOf = (input: ExpressionInput): string => {
  const part = (text: string): string => `${text.length}:${text}`;
  let key = '';
  for (const text of texts) key += part(input[text] ?? '');
  for (const name in input.ExpressionAttributeNames)
    key += part(name) + part(input.ExpressionAttributeNames[name] as string);
  for (const name in input.ExpressionAttributeValues) {
    key += part(name);
    for (const type in input.ExpressionAttributeValues[name]) key += type;
  }
  return key;
};

const compileCondition = (parsed: ParsedCondition | undefined, names: ReadonlyMap<object, string>) =>
  parsed && { nested: parsed.nestedPaths, heads: parsed.pathHeads, meets: conditionOf(parsed.expression, names) };

const compile = (input: ExpressionInput): Compiled => {
  const parsed = parseExpressions(input);
  const names = new Map<object, string>();
  for (const name in input.ExpressionAttributeValues) names.set(input.ExpressionAttributeValues[name] as Value, name);
  const { _updates: update, _projection: projection, _keyCondition: key } = parsed;
  const condition = compileCondition(parsed._condition, names);
  const filter = compileCondition(parsed._filter, names);
  return {
    ...(condition && { condition }),
    ...(filter && { filter }),
    ...(key && { key: keyConditionOf(key, names) }),
    ...(update && {
      update: {
        nested: update.nestedPaths,
        paths: update.paths,
        types: update.sections.map(({ path, attrType }) => ({
          attribute: String(path[0]),
          type: path.length === 1 ? attrType : null,
        })),
        apply: updateOf(update, names),
      },
    }),
    ...(projection && { projection: { nested: projection.nestedPaths, project: projectionOf(projection.paths) } }),
  };
};

const nothing: Compiled = {};

/**
 * Compiles the expressions of a request and checks its values (numbers are spelled in place).
 * Throws ValidationException in the words of the service.
 */
export const compileExpressions = (input: ExpressionInput): Compiled => {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
  const present = texts.filter((text) => input[text] !== undefined);
  if (present.length === 0) {
    if (names) throw invalid('ExpressionAttributeNames can only be specified when using expressions');
    if (values) throw invalid('ExpressionAttributeValues can only be specified when using expressions');
    return nothing;
  }
  const fault = values && checkItem(values);
  if (fault)
    throw invalid(`ExpressionAttributeValues contains invalid value: ${fault.message} for key ${fault.attribute}`);
  if (dependsOnValues(input)) return compile(input);
  const key = keyOf(input);
  const known = kept.get(key);
  if (known) return known;
  const compiled = compile(input);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(key, compiled);
  return compiled;
};

export type { Values };
