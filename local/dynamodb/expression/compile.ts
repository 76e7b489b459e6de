// Expressions of a request, compiled once for each text, set of names and types of values.
import { invalid } from '../failure.ts';
import { checkItem } from '../value/check.ts';
import type { Value } from '../value/value.ts';
import { conditionOf, type Meets } from './condition.ts';
import { dynalite, type ExpressionInput, type Parsed, type ParsedCondition, type Path } from './dynalite.ts';
import { type KeyCondition, keyConditionOf } from './key-condition.ts';
import type { Values } from './operand.ts';
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

const texts = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const;

/** Longest expression, in bytes ("Quotas in Amazon DynamoDB", Expression parameters). */
const LONGEST = 4096;
/** Expressions kept; the oldest leaves first. */
const KEPT = 2000;

const kept = new Map<string, Compiled>();

/** Bounds of BETWEEN and the name of a type are checked by the grammar itself: such expressions are parsed anew. */
const dependsOnValues = (input: ExpressionInput): boolean =>
  /between|attribute_type/i.test(`${input.ConditionExpression ?? ''} ${input.FilterExpression ?? ''}`);

const keyOf = (input: ExpressionInput): string => {
  let key = '';
  for (const text of texts) key += `${input[text] ?? ''}\n`;
  for (const name in input.ExpressionAttributeNames)
    key += `${name}=${JSON.stringify(input.ExpressionAttributeNames[name])}`;
  for (const name in input.ExpressionAttributeValues)
    for (const type in input.ExpressionAttributeValues[name]) key += `${name}${type}`;
  return key;
};

const compileCondition = (parsed: ParsedCondition | undefined, names: ReadonlyMap<object, string>) =>
  parsed && { nested: parsed.nestedPaths, heads: parsed.pathHeads, meets: conditionOf(parsed.expression, names) };

const compile = (input: ExpressionInput): Compiled => {
  for (const text of texts) {
    const size = Buffer.byteLength(input[text] ?? '');
    if (size > LONGEST)
      throw invalid(`Invalid ${text}: Expression size has exceeded the maximum allowed size; expression size: ${size}`);
  }
  const parsed: Parsed = { ...input };
  const fault = dynalite.validateExpressions(parsed);
  if (fault) throw invalid(fault);
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
