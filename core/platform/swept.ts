// When the sweep ran last, and what it found: so that somebody who looks knows that it still does.
import type { OpenCtx } from './ctx.ts';
import { GetCommand, PutCommand } from './dynamo/command.ts';

/** `at`: epoch ms; `looked`: what was due; `failed`: what could not be looked after. */
export type Swept = { readonly at: number; readonly looked: number; readonly failed: number };

const Key = { pk: 'SWEEP', sk: 'LAST' };

type Row = { readonly at: number; readonly looked: number; readonly failed: number; readonly clean?: number };

async function read({ stores }: Pick<OpenCtx, 'stores'>): Promise<Row | undefined> {
  const { client, table } = stores.shared;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item as Row | undefined;
}

/** Notes that a sweep has ended. */
export async function noteSweep(ctx: OpenCtx, seen: Omit<Swept, 'at'>): Promise<void> {
  const { client, table } = ctx.stores.shared;
  const at = ctx.now();
  const clean = seen.failed === 0 ? at : (await read(ctx))?.clean;
  const Item = { ...Key, ...seen, at, ...(clean !== undefined && { clean }) };
  await client.send(new PutCommand({ TableName: table, Item }));
}

/** The last sweep; undefined where none has ended yet. */
export async function lastSweep(ctx: Pick<OpenCtx, 'stores'>): Promise<Swept | undefined> {
  const row = await read(ctx);
  return row && { at: row.at, looked: row.looked, failed: row.failed };
}

/** When a sweep last looked after all that was due (epoch ms); undefined where none has yet. */
export const lastCleanSweep = async (ctx: Pick<OpenCtx, 'stores'>): Promise<number | undefined> =>
  (await read(ctx))?.clean;
