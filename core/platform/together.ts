// Several rows of a table in one request, as they stand.
import type { Table } from './ctx.ts';
import { BatchGetCommand } from './dynamo/command.ts';
import { Failure } from './failure.ts';
import { pause } from './pause.ts';

export type RowKey = { readonly pk: string; readonly sk: string };
type Item = Record<string, unknown>;

/** The rows under these keys, in their order; undefined where there is none. At most 100. Throws BUSY when the table goes on leaving some out. */
export async function together({ client, table }: Table, keys: readonly RowKey[]): Promise<(Item | undefined)[]> {
  const found: Item[] = [];
  let asked: readonly RowKey[] = keys;
  for (let attempt = 0; asked.length > 0; attempt++) {
    if (attempt > 5) throw new Failure('BUSY');
    if (attempt > 0) await pause(attempt);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: [...asked], ConsistentRead: true } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    asked = (UnprocessedKeys?.[table]?.Keys ?? []) as unknown as RowKey[];
  }
  return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
}
