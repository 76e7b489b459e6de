// What a call is: its parameters, whom it must ask, and what it does.
import type { Field, Fields } from '../parameters.ts';
import type { Store } from '../store/index.ts';

/** A right that a call needs, as IAM asks for it. */
export type Access = {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN of a table, an index or a stream. */
  readonly resource: string;
  /** Partition key values the call touches; absent when it touches all of them (Scan). */
  readonly leadingKeys?: readonly string[];
};

export type World = {
  readonly store: Store;
  /** Epoch ms: of the items' lives and of the streams. */
  readonly now: () => number;
};

export type Call = {
  readonly parameters: Fields;
  /** The rights needed, from checked parameters. Must not throw for keys that are not valid: the call itself says so. */
  access(input: never, world: World): Access[];
  /** Answers the body: an object, or JSON that is ready, as text or in UTF-8. Throws DynamoFailure. */
  run(input: never, world: World): object | string | Buffer;
};

/** A call with its input type; the door hands it parameters that were checked. */
export const call = <Input>(spec: {
  parameters: Fields;
  access(input: Input, world: World): Access[];
  run(input: Input, world: World): object | string | Buffer;
}): Call => spec as unknown as Call;

export const tableName: Field = { kind: 'text', required: true, pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 };
export const indexName: Field = { kind: 'text', pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 };
export const expression: Field = { kind: 'text' };
export const names: Field = { kind: 'map', of: { kind: 'text' } };
export const item: Field = { kind: 'item' };
export const neededItem: Field = { kind: 'item', required: true };
export const flag: Field = { kind: 'flag' };
export const capacity: Field = { kind: 'text', values: ['INDEXES', 'TOTAL', 'NONE'] };
export const collectionMetrics: Field = { kind: 'text', values: ['SIZE', 'NONE'] };
export const onFailure: Field = { kind: 'text', values: ['ALL_OLD', 'NONE'] };
export const returned: Field = { kind: 'text', values: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'] };

/** Members that every expression of a request may use. */
export const expressionMembers: Fields = { ExpressionAttributeNames: names, ExpressionAttributeValues: item };
