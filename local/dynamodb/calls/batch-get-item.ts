// BatchGetItem: up to 100 items, up to 16 MB of them at once.
import { consumedByTable, readUnits, type Units } from '../capacity.ts';
import type { ExpressionInput } from '../expression/dynalite.ts';
import { invalid } from '../failure.ts';
import { checkedKey, projectionFor, readItem } from '../read.ts';
import type { Item } from '../value/value.ts';
import { onItems } from './access.ts';
import { call, capacity, expression, flag, item, names, type World } from './call.ts';

type KeysOf = ExpressionInput & { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean };
type Input = { readonly RequestItems: Readonly<Record<string, KeysOf>>; readonly ReturnConsumedCapacity?: string };

/** BatchGetItem (Amazon DynamoDB API Reference): 100 items, 16 MB. */
const [MOST, LARGEST] = [100, 16 * 1024 ** 2];

type Answer = { bytes: number; readonly texts: string[]; readonly left: Item[]; readonly units: Units[] };

const readKeys = (name: string, input: KeysOf, answer: Answer, world: World): void => {
  const table = world.store.catalog.get(name);
  const project = projectionFor(input, table);
  const keys = input.Keys.map((Key) => ({ Key, key: checkedKey(Key, table) }));
  if (new Set(keys.map(({ key }) => JSON.stringify(key))).size < keys.length)
    throw invalid('Provided list of item keys contains duplicates');
  for (const { Key, key } of keys) {
    const found = readItem({ table, key, ...(project && { project }) }, world);
    if (answer.bytes + (found?.size ?? 0) > LARGEST) {
      answer.left.push(Key);
      continue;
    }
    answer.bytes += found?.size ?? 0;
    answer.units.push({ table: readUnits(found?.size ?? 0, input.ConsistentRead === true), indexes: {} });
    if (found) answer.texts.push(found.text);
  }
};

export const batchGetItem = call<Input>({
  parameters: {
    RequestItems: {
      kind: 'map',
      required: true,
      min: 1,
      of: {
        kind: 'members',
        of: {
          Keys: { kind: 'list', required: true, min: 1, max: MOST, of: item },
          ConsistentRead: flag,
          ProjectionExpression: expression,
          ExpressionAttributeNames: names,
        },
      },
    },
    ReturnConsumedCapacity: capacity,
  },
  access: ({ RequestItems }, world) =>
    Object.entries(RequestItems).map(([name, { Keys }]) => onItems('BatchGetItem', name, Keys, world)),
  run: (input, world) => {
    const tables = Object.entries(input.RequestItems);
    if (tables.reduce((sum, [, { Keys }]) => sum + Keys.length, 0) > MOST)
      throw invalid('Too many items requested for the BatchGetItem call');
    let bytes = 0;
    const responses: string[] = [];
    const left: Record<string, object> = {};
    const touched: { table: string; units: Units }[] = [];
    for (const [name, keys] of tables) {
      const answer: Answer = { bytes, texts: [], left: [], units: [] };
      readKeys(name, keys, answer, world);
      bytes = answer.bytes;
      responses.push(`${JSON.stringify(name)}:[${answer.texts.join(',')}]`);
      if (answer.left.length > 0) left[name] = { ...keys, Keys: answer.left };
      touched.push(...answer.units.map((units) => ({ table: name, units })));
    }
    const used = consumedByTable(input.ReturnConsumedCapacity, () => touched, 1);
    const tail = used ? `,"ConsumedCapacity":${JSON.stringify(used)}` : '';
    return `{"Responses":{${responses.join(',')}},"UnprocessedKeys":${JSON.stringify(left)}${tail}}`;
  },
});
