// One change of one item, as single writes and transactions share it: prepared from parameters, then decided on what is there.
import type { World } from './calls/call.ts';
import { type Compiled, compileExpressions, type Values } from './expression/compile.ts';
import type { ExpressionInput } from './expression/dynalite.ts';
import { DynamoFailure, invalid } from './failure.ts';
import { checkPaths, checkUpdatedIndexKeys, checkUpdatedNames } from './schema-check.ts';
import { checkIndexKeys, type KeyTexts, keyTexts, keyTextsOfItem } from './store/key.ts';
import { type Row, rowOf } from './store/row.ts';
import type { Table } from './store/table.ts';
import { checkItem } from './value/check.ts';
import { itemSize, LARGEST_ITEM } from './value/size.ts';
import type { Item, Value } from './value/value.ts';

type Conditional = ExpressionInput & {
  readonly TableName: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
};
export type PutInput = Conditional & { readonly Item: Item };
export type KeyInput = Conditional & { readonly Key: Item };

export type Prepared = {
  readonly table: Table;
  readonly key: KeyTexts;
  readonly compiled: Compiled;
  readonly values: Values;
  /** Whether a failed condition shows the item that is there. */
  readonly showsOld: boolean;
  /** The item after the change; undefined when there is none. Throws ValidationException. */
  next(before: Row | undefined): Row | undefined;
};

const checkContent = (item: unknown): void => {
  const fault = checkItem(item);
  if (fault) throw invalid(fault.message);
};

const base = (input: Conditional, table: Table) => {
  const compiled = compileExpressions(input);
  checkPaths(compiled.condition?.nested, table);
  return {
    table,
    compiled,
    values: input.ExpressionAttributeValues ?? {},
    showsOld: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
};

/** Throws ValidationException or ResourceNotFoundException. */
export const preparePut = (input: PutInput, { store }: World): Prepared => {
  checkContent(input.Item);
  const row = { item: input.Item, size: itemSize(input.Item), text: JSON.stringify(input.Item) };
  if (row.size > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
  const common = base(input, store.catalog.get(input.TableName));
  const key = keyTextsOfItem(input.Item, common.table.keys);
  checkIndexKeys(input.Item, common.table);
  return { ...common, key, next: () => row };
};

const prepareKey = (input: KeyInput, { store }: World) => {
  checkContent(input.Key);
  const common = base(input, store.catalog.get(input.TableName));
  return { ...common, key: keyTexts(input.Key, common.table.keys) };
};

/** Throws ValidationException or ResourceNotFoundException. */
export const prepareDelete = (input: KeyInput, world: World): Prepared => ({
  ...prepareKey(input, world),
  next: () => undefined,
});

/** A condition alone: what is there stays. Throws ValidationException or ResourceNotFoundException. */
export const prepareCheck = (input: KeyInput, world: World): Prepared => ({
  ...prepareKey(input, world),
  next: (before) => before,
});

/** Throws ValidationException or ResourceNotFoundException. */
export const prepareUpdate = (input: KeyInput, world: World): Prepared => {
  const common = prepareKey(input, world);
  const { table, compiled, values } = common;
  const { update } = compiled;
  if (update) checkUpdatedNames(update, table);
  return {
    ...common,
    next: (before) => {
      const next = (before ? JSON.parse(before.text) : { ...input.Key }) as Record<string, Value>;
      update?.apply(before?.item ?? input.Key, next, values);
      checkUpdatedIndexKeys(before?.item, next, table);
      const row = rowOf(next);
      if (row.size > LARGEST_ITEM) throw invalid('Item size to update has exceeded the maximum allowed size');
      return row;
    },
  };
};

/** A change that was decided on: what was there and what will be. */
export type Decided = {
  readonly prepared: Prepared;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
};

/** Reads what is there and decides. Throws ConditionalCheckFailedException (with Item where asked) or ValidationException. */
export const decide = (prepared: Prepared, { store }: World): Decided => {
  const before = store.rows.get(prepared.table, prepared.key);
  const { condition } = prepared.compiled;
  if (condition && !condition.meets(before?.item ?? {}, prepared.values)) {
    const members = prepared.showsOld && before ? { Item: before.item } : {};
    throw new DynamoFailure('ConditionalCheckFailedException', 'The conditional request failed', members);
  }
  return { prepared, before, after: prepared.next(before) };
};

/** Writes what was decided. */
export const apply = ({ prepared: { table, key }, before, after }: Decided, { store }: World): void =>
  store.rows.write(table, key, { before, after });

/** Refuses values of ReturnValues that the call does not know. */
export const checkReturned = (asked: string | undefined): void => {
  if (asked !== undefined && asked !== 'NONE' && asked !== 'ALL_OLD')
    throw invalid('Return values set to invalid value');
};
