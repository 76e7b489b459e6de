// The cells of the window in the ephemeral table: a row holds those of two minutes, so that a window lies in two rows at most.
import type { OpenCtx, Table } from '../platform/ctx.ts';
import { GetCommand, UpdateCommand } from '../platform/dynamo/command.ts';
import type { Limited } from './rate.ts';
import { type Cells, type Counted, cellMs, cellOf, firstCell } from './window.ts';

const cellsOfRow = 64;
const keptSeconds = (3 * cellsOfRow * cellMs) / 1000;
/** Ms after which nobody writes to a row that has ended: then what was read of it holds. */
const lateMs = 5000;

type Key = { readonly pk: string; readonly sk: string };
/** Where the cells lie: with a tenant, or with nobody. */
export type Place = Pick<OpenCtx, 'now'> & { readonly on: Table; readonly tenant?: string };

/** Members and keys of a tenant lie with it; addresses belong to nobody. */
const keyOf = ({ tenant }: Place, { of, id }: Limited, row: number): Key =>
  tenant === undefined
    ? { pk: `RATE#${of}#${id}`, sk: `RATE#${row}` }
    : { pk: `T#${tenant}`, sk: `RATE#${of}#${id}#${row}` };

/** Rows that have ended, as this container has read them. */
export type Ended = Map<string, Counted>;

/**
 * Adds a lease to the present cell and answers what is counted in the window, this lease among it: of those who add at the same moment
 * each sees what came before.
 */
export async function add(
  place: Place,
  who: Limited,
  lease: number,
  ended: Ended,
  signal: AbortSignal,
): Promise<Counted> {
  const now = place.now();
  const row = Math.floor(cellOf(now) / cellsOfRow);
  const isInOne = Math.floor(firstCell(now) / cellsOfRow) === row;
  const [present, before] = await Promise.all([
    update(place, keyOf(place, who, row), now, lease, signal),
    isInOne ? nothingCounted : endedRow(place, keyOf(place, who, row - 1), row - 1, ended, signal),
  ]);
  const { cells, refusedAt } = countedIn(present, row);
  return { cells: new Map([...before.cells, ...cells]), refusedAt: Math.max(before.refusedAt, refusedAt) };
}

const nothingCounted: Counted = { cells: new Map(), refusedAt: 0 };

/** Takes back what was leased and not granted; a refusal that is noted is in the row with its time. */
export const takeBack = (
  place: Place,
  who: Limited,
  at: number,
  { back, isNoted }: { readonly back: number; readonly isNoted: boolean },
  signal: AbortSignal,
) => update(place, keyOf(place, who, Math.floor(cellOf(at) / cellsOfRow)), at, -back, signal, isNoted);

async function update(
  { on: { client, table } }: Place,
  key: Key,
  at: number,
  count: number,
  abortSignal: AbortSignal,
  isRefusal = false,
) {
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: `ADD #cell :count SET expires_at = :expiry${isRefusal ? ', refused_at = :at' : ''}`,
      ExpressionAttributeNames: { '#cell': `c${cellOf(at) % cellsOfRow}` },
      ExpressionAttributeValues: {
        ':count': count,
        ':expiry': Math.ceil(at / 1000) + keptSeconds,
        ...(isRefusal && { ':at': at }),
      },
      ReturnValues: 'ALL_NEW',
    }),
    { abortSignal },
  );
  return Attributes;
}

async function endedRow(place: Place, key: Key, row: number, ended: Ended, abortSignal: AbortSignal): Promise<Counted> {
  const name = `${key.pk} ${key.sk}`;
  const known = ended.get(name);
  if (known) return known;
  const { client, table } = place.on;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }), {
    abortSignal,
  });
  const counted = countedIn(Item, row);
  if (place.now() - (row + 1) * cellsOfRow * cellMs > lateMs) ended.set(name, counted);
  return counted;
}

const countedIn = (item: Record<string, unknown> | undefined, row: number): Counted => ({
  cells: cellsIn(item, row),
  refusedAt: Number(item?.refused_at ?? 0),
});

function cellsIn(item: Record<string, unknown> | undefined, row: number): Cells {
  const cells = new Map<number, number>();
  for (const [name, count] of Object.entries(item ?? {})) {
    const at = /^c(\d+)$/.exec(name)?.[1];
    if (at !== undefined) cells.set(row * cellsOfRow + Number(at), Number(count));
  }
  return cells;
}
