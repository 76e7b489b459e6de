// UpdateItem.
import { changeUnits, consumed } from '../capacity.ts';
import { type Project, projectionOf } from '../expression/projection.ts';
import { apply, type Decided, decide, type KeyInput, prepareUpdate } from '../write.ts';
import { onItems } from './access.ts';
import {
  call,
  capacity,
  collectionMetrics,
  expression,
  expressionMembers,
  neededItem,
  onFailure,
  returned,
  tableName,
} from './call.ts';

type Input = KeyInput & { readonly ReturnValues?: string; readonly ReturnConsumedCapacity?: string };

/** The attributes asked for; without any, the answer says nothing of them. */
const attributes = (asked: string | undefined, { prepared, before, after }: Decided): object => {
  const row = asked?.endsWith('_OLD') ? before : after;
  if (!asked || asked === 'NONE' || !row) return {};
  if (asked.startsWith('ALL')) return { Attributes: row.item };
  const changed: Project = projectionOf(prepared.compiled.update?.paths ?? []);
  const Attributes = changed(row.item);
  return Object.keys(Attributes).length > 0 ? { Attributes } : {};
};

export const updateItem = call<Input>({
  parameters: {
    TableName: tableName,
    Key: neededItem,
    UpdateExpression: expression,
    ConditionExpression: expression,
    ...expressionMembers,
    ReturnValues: returned,
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: collectionMetrics,
    ReturnValuesOnConditionCheckFailure: onFailure,
  },
  access: (input, world) => [onItems('UpdateItem', input.TableName, [input.Key], world)],
  run: (input, world) => {
    const prepared = prepareUpdate(input, world);
    const decided = world.store.db.atomically(() => {
      const decision = decide(prepared, world);
      apply(decision, world);
      return decision;
    });
    const { table } = prepared;
    const used = consumed(input.ReturnConsumedCapacity, table.name, () =>
      changeUnits(table, decided.before, decided.after),
    );
    return { ...attributes(input.ReturnValues, decided), ...(used && { ConsumedCapacity: used }) };
  },
});
