// The cells of the window in the ephemeral table: a row holds those of two minutes, so that a window lies in two rows at most.
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OpenCtx, Table } from '../platform/ctx.ts';
import type { Limited } from './rate.ts';
import { type Cells, cellMs, cellOf, firstCell } from './window.ts';

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
export type Ended = Map<string, Cells>;

/**
 * Adds a lease to the present cell and answers the cells of the window, this lease among them: of those who add at the same moment each
 * sees what came before.
 */
export async function add(
  place: Place,
  who: Limited,
  lease: number,
  ended: Ended,
  signal: AbortSignal,
): Promise<Cells> {
  const now = place.now();
  const row = Math.floor(cellOf(now) / cellsOfRow);
  const isInOne = Math.floor(firstCell(now) / cellsOfRow) === row;
  const [present, before] = await Promise.all([
    update(place, keyOf(place, who, row), now, lease, signal),
    isInOne ? new Map() : endedRow(place, keyOf(place, who, row - 1), row - 1, ended, signal),
  ]);
  return new Map([...before, ...cellsIn(present, row)]);
}

/** Takes back what was leased and not granted. */
export const takeBack = (place: Place, who: Limited, at: number, back: number, signal: AbortSignal) =>
  update(place, keyOf(place, who, Math.floor(cellOf(at) / cellsOfRow)), at, -back, signal);

async function update({ on: { client, table } }: Place, key: Key, at: number, count: number, abortSignal: AbortSignal) {
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'ADD #cell :count SET expires_at = :expiry',
      ExpressionAttributeNames: { '#cell': `c${cellOf(at) % cellsOfRow}` },
      ExpressionAttributeValues: { ':count': count, ':expiry': Math.ceil(at / 1000) + keptSeconds },
      ReturnValues: 'ALL_NEW',
    }),
    { abortSignal },
  );
  return Attributes;
}

async function endedRow(place: Place, key: Key, row: number, ended: Ended, abortSignal: AbortSignal): Promise<Cells> {
  const name = `${key.pk} ${key.sk}`;
  const known = ended.get(name);
  if (known) return known;
  const { client, table } = place.on;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }), {
    abortSignal,
  });
  const cells = cellsIn(Item, row);
  if (place.now() - (row + 1) * cellsOfRow * cellMs > lateMs) ended.set(name, cells);
  return cells;
}

function cellsIn(item: Record<string, unknown> | undefined, row: number): Cells {
  const cells = new Map<number, number>();
  for (const [name, count] of Object.entries(item ?? {})) {
    const at = /^c(\d+)$/.exec(name)?.[1];
    if (at !== undefined) cells.set(row * cellsOfRow + Number(at), Number(count));
  }
  return cells;
}
