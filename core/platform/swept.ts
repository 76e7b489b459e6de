// When the sweep ran last, and what it found: so that somebody who looks knows that it still does.
import type { OpenCtx } from './ctx.ts';
import { GetCommand, PutCommand } from './dynamo/command.ts';

/** `at`: epoch ms; `looked`: what was due; `failed`: what could not be looked after. */
export type Swept = { readonly at: number; readonly looked: number; readonly failed: number };

const Key = { pk: 'SWEEP', sk: 'LAST' };

/** Notes that a sweep has ended. */
export async function noteSweep(ctx: OpenCtx, seen: Omit<Swept, 'at'>): Promise<void> {
  const { client, table } = ctx.stores.shared;
  await client.send(new PutCommand({ TableName: table, Item: { ...Key, ...seen, at: ctx.now() } }));
}

/** The last sweep; undefined where none has ended yet. */
export async function lastSweep({ stores }: Pick<OpenCtx, 'stores'>): Promise<Swept | undefined> {
  const { client, table } = stores.shared;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && { at: Number(Item.at), looked: Number(Item.looked), failed: Number(Item.failed) };
}
