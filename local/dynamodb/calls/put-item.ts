// PutItem.
import { changeUnits, consumed } from '../capacity.ts';
import { apply, checkReturned, decide, type PutInput, preparePut } from '../write.ts';
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

type Input = PutInput & { readonly ReturnValues?: string; readonly ReturnConsumedCapacity?: string };

export const putItem = call<Input>({
  parameters: {
    TableName: tableName,
    Item: neededItem,
    ConditionExpression: expression,
    ...expressionMembers,
    ReturnValues: returned,
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: collectionMetrics,
    ReturnValuesOnConditionCheckFailure: onFailure,
  },
  access: (input, world) => [onItems('PutItem', input.TableName, [input.Item], world)],
  run: (input, world) => {
    checkReturned(input.ReturnValues);
    const prepared = preparePut(input, world);
    const { before, after } = world.store.db.atomically(() => {
      const decided = decide(prepared, world);
      apply(decided, world);
      return decided;
    });
    const { table } = prepared;
    const used = consumed(input.ReturnConsumedCapacity, table.name, () => changeUnits(table, before, after));
    return {
      ...(input.ReturnValues === 'ALL_OLD' && before && { Attributes: before.item }),
      ...(used && { ConsumedCapacity: used }),
    };
  },
});
