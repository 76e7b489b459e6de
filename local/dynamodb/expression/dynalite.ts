// The grammar of updates and projections, the list of reserved words and most error texts come from dynalite, whose authors compared them with the service.
// Only its validations are loaded; its own store (and the native addon under it) stays asleep.
// @ts-expect-error dynalite carries no types
import validations from 'dynalite/validations/index.js';
import type { Value, ValueType } from '../value/value.ts';

/** Attribute names, and numbers for places in a list. */
export type Path = readonly (string | number)[];

/** A path, a value of the request, or something computed from them. */
export type Operand =
  | Path
  | Value
  | { readonly type: string; readonly name?: string; readonly args: readonly Operand[] };

/** A condition, as parsed. */
export type Term = { readonly type: string; readonly name?: string; readonly args: readonly Operand[] };

type Heads = Readonly<Record<string, boolean>>;
export type ParsedCondition = { readonly expression: Term; readonly nestedPaths: Heads; readonly pathHeads: Heads };
type ParsedProjection = { readonly paths: readonly Path[]; readonly nestedPaths: Heads };
export type Section = {
  readonly type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: Path;
  readonly val: Operand;
  readonly attrType: ValueType | null;
};
export type ParsedUpdate = {
  readonly sections: readonly Section[];
  readonly paths: readonly Path[];
  readonly nestedPaths: Heads;
};
type KeyConditions = Readonly<
  Record<string, { readonly ComparisonOperator: string; readonly AttributeValueList: readonly Value[] }>
>;

/** Expressions of a request; the parsed ones are added by `validateExpressions`. */
export type ExpressionInput = {
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>;
};

export type Parsed = ExpressionInput & {
  _updates?: ParsedUpdate;
  _condition?: ParsedCondition;
  _keyCondition?: ParsedCondition;
  _filter?: ParsedCondition;
  _projection?: ParsedProjection;
};

type Validations = {
  /** Parses into `data`; answers why it cannot. */
  validateExpressions(data: Parsed): string | undefined;
  convertKeyCondition(expression: Term): KeyConditions | string;
  validateConditions(conditions: KeyConditions): string | undefined;
};

export const dynalite = validations as Validations;
