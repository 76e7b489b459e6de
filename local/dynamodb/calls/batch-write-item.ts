// BatchWriteItem: up to 25 puts and deletes without conditions. Here they happen in one SQLite transaction; on AWS, each by itself.
import { changeUnits, consumedByTable } from '../capacity.ts';
import { invalid } from '../failure.ts';
import { rowsOf } from '../store/names.ts';
import type { Item } from '../value/value.ts';
import { apply, decide, type Prepared, prepareDelete, preparePut } from '../write.ts';
import { onItems } from './access.ts';
import { call, capacity, collectionMetrics, neededItem, type World } from './call.ts';

type Request = { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: { readonly Key: Item } };
type Input = {
  readonly RequestItems: Readonly<Record<string, readonly Request[]>>;
  readonly ReturnConsumedCapacity?: string;
};

/** BatchWriteItem (Amazon DynamoDB API Reference): 25 requests. */
const MOST = 25;

const prepare = (TableName: string, { PutRequest, DeleteRequest }: Request, world: World): Prepared => {
  if (PutRequest && !DeleteRequest) return preparePut({ TableName, Item: PutRequest.Item }, world);
  if (DeleteRequest && !PutRequest) return prepareDelete({ TableName, Key: DeleteRequest.Key }, world);
  throw invalid(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
};

const touchedBy = ({ PutRequest, DeleteRequest }: Request): Item[] => {
  const item = PutRequest?.Item ?? DeleteRequest?.Key;
  return item ? [item] : [];
};

export const batchWriteItem = call<Input>({
  parameters: {
    RequestItems: {
      kind: 'map',
      required: true,
      min: 1,
      max: MOST,
      of: {
        kind: 'list',
        min: 1,
        max: MOST,
        of: {
          kind: 'members',
          of: {
            PutRequest: { kind: 'members', of: { Item: neededItem } },
            DeleteRequest: { kind: 'members', of: { Key: neededItem } },
          },
        },
      },
    },
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: collectionMetrics,
  },
  access: ({ RequestItems }, world) =>
    Object.entries(RequestItems).map(([name, requests]) =>
      onItems('BatchWriteItem', name, requests.flatMap(touchedBy), world),
    ),
  run: (input, world) => {
    const requests = Object.entries(input.RequestItems).flatMap(([name, list]) =>
      list.map((request) => ({ name, request })),
    );
    if (requests.length > MOST) throw invalid('Too many items requested for the BatchWriteItem call');
    const all = requests.map(({ name, request }) => prepare(name, request, world));
    const places = new Set(all.map(({ table, key }) => JSON.stringify([rowsOf(table.id), key.hash, key.range])));
    if (places.size < all.length) throw invalid('Provided list of item keys contains duplicates');
    const decided = world.store.db.atomically(() =>
      all.map((prepared) => {
        const one = decide(prepared, world);
        apply(one, world);
        return one;
      }),
    );
    const touched = () =>
      decided.map(({ prepared: { table }, before, after }) => ({
        table: table.name,
        units: changeUnits(table, before, after),
      }));
    const used = consumedByTable(input.ReturnConsumedCapacity, touched, 1);
    return { UnprocessedItems: {}, ...(used && { ConsumedCapacity: used }) };
  },
});
