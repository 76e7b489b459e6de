// TransactGetItems: up to 100 items as they are at one moment.
import { consumedByTable, readUnits } from '../capacity.ts';
import type { ExpressionInput } from '../expression/dynalite.ts';
import { checkedKey, projectionFor, readItem } from '../read.ts';
import type { Item } from '../value/value.ts';
import { onItems } from './access.ts';
import { call, capacity, expression, names, neededItem, tableName } from './call.ts';
import { checkDistinct } from './transact-write-items.ts';

type Get = ExpressionInput & { readonly TableName: string; readonly Key: Item };
type Input = { readonly TransactItems: readonly { readonly Get: Get }[]; readonly ReturnConsumedCapacity?: string };

export const transactGetItems = call<Input>({
  parameters: {
    TransactItems: {
      kind: 'list',
      required: true,
      min: 1,
      max: 100,
      of: {
        kind: 'members',
        of: {
          Get: {
            kind: 'members',
            required: true,
            of: {
              TableName: tableName,
              Key: neededItem,
              ProjectionExpression: expression,
              ExpressionAttributeNames: names,
            },
          },
        },
      },
    },
    ReturnConsumedCapacity: capacity,
  },
  access: ({ TransactItems }, world) =>
    TransactItems.map(({ Get }) => onItems('GetItem', Get.TableName, [Get.Key], world)),
  run: (input, world) => {
    const reads = input.TransactItems.map(({ Get }) => {
      const table = world.store.catalog.get(Get.TableName);
      const project = projectionFor(Get, table);
      return { table, key: checkedKey(Get.Key, table), ...(project && { project }) };
    });
    checkDistinct(reads);
    const found = reads.map((read) => ({ table: read.table.name, row: readItem(read, world) }));
    const touched = () =>
      found.map(({ table, row }) => ({ table, units: { table: readUnits(row?.size ?? 0, true), indexes: {} } }));
    const used = consumedByTable(input.ReturnConsumedCapacity, touched, 2, 'Read');
    const responses = found.map(({ row }) => (row ? `{"Item":${row.text}}` : '{}')).join(',');
    return `{"Responses":[${responses}]${used ? `,"ConsumedCapacity":${JSON.stringify(used)}` : ''}}`;
  },
});
