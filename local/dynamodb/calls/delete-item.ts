// DeleteItem.
import { changeUnits, consumed } from '../capacity.ts';
import { apply, checkReturned, decide, type KeyInput, prepareDelete } from '../write.ts';
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

export const deleteItem = call<Input>({
  parameters: {
    TableName: tableName,
    Key: neededItem,
    ConditionExpression: expression,
    ...expressionMembers,
    ReturnValues: returned,
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: collectionMetrics,
    ReturnValuesOnConditionCheckFailure: onFailure,
  },
  access: (input, world) => [onItems('DeleteItem', input.TableName, [input.Key], world)],
  run: (input, world) => {
    checkReturned(input.ReturnValues);
    const prepared = prepareDelete(input, world);
    const { before } = world.store.db.atomically(() => {
      const decided = decide(prepared, world);
      apply(decided, world);
      return decided;
    });
    const { table } = prepared;
    const used = consumed(input.ReturnConsumedCapacity, table.name, () => changeUnits(table, before, undefined));
    return {
      ...(input.ReturnValues === 'ALL_OLD' && before && { Attributes: before.item }),
      ...(used && { ConsumedCapacity: used }),
    };
  },
});
