// GetItem.
import { consumed, readUnits } from '../capacity.ts';
import type { ExpressionInput } from '../expression/dynalite.ts';
import { checkedKey, projectionFor, readItem } from '../read.ts';
import type { Item } from '../value/value.ts';
import { onItems } from './access.ts';
import { call, capacity, expression, flag, names, neededItem, tableName } from './call.ts';

type Input = ExpressionInput & {
  readonly TableName: string;
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: string;
};

export const getItem = call<Input>({
  parameters: {
    TableName: tableName,
    Key: neededItem,
    ConsistentRead: flag,
    ProjectionExpression: expression,
    ExpressionAttributeNames: names,
    ReturnConsumedCapacity: capacity,
  },
  access: (input, world) => [onItems('GetItem', input.TableName, [input.Key], world)],
  run: (input, world) => {
    const table = world.store.catalog.get(input.TableName);
    const key = checkedKey(input.Key, table);
    const project = projectionFor(input, table);
    const found = readItem({ table, key, ...(project && { project }) }, world);
    const units = () => ({ table: readUnits(found?.size ?? 0, input.ConsistentRead === true), indexes: {} });
    const used = consumed(input.ReturnConsumedCapacity, table.name, units);
    const members = [found && `"Item":${found.text}`, used && `"ConsumedCapacity":${JSON.stringify(used)}`];
    return `{${members.filter((member) => member !== undefined).join(',')}}`;
  },
});
