// The queue before a gate: a row for each who waits, in order of arrival. It is for fairness alone; letting in is the gate's.
import type { Ctx } from '../../platform/ctx.ts';
import { DeleteCommand, PutCommand, QueryCommand } from '../../platform/dynamo/command.ts';
import type { Gate } from './gate.ts';

/** A place in the queue; sorts by arrival. `until`: until when its row says it is alive. */
export type Place = { readonly sk: string; until: number };

/** One that has not been heard of for so long is stepped over. */
const aliveMs = 20_000;

const prefixOf = ({ provider }: Gate) => `WAIT#${provider}#`;

/** Joins the queue. @param since ms of arrival. */
export async function queue(ctx: Ctx, gate: Gate, since: number, holder: string): Promise<Place> {
  const place = { sk: `${prefixOf(gate)}${String(since).padStart(15, '0')}#${holder}`, until: 0 };
  await stay(ctx, gate, place);
  return place;
}

/** Says that it still waits, when that was last said some time ago. */
export async function stay(ctx: Ctx, _gate: Gate, place: Place): Promise<void> {
  const now = ctx.now();
  if (place.until - now > aliveMs / 2) return;
  place.until = now + aliveMs;
  const { client, table } = ctx.stores.ephemeral;
  const Item = {
    pk: `T#${ctx.tenant}`,
    sk: place.sk,
    until: place.until,
    expires_at: Math.ceil(place.until / 1000) + 60,
  };
  await client.send(new PutCommand({ TableName: table, Item }));
}

export async function stepOut(ctx: Ctx, _gate: Gate, { sk }: Place): Promise<void> {
  const { client, table } = ctx.stores.ephemeral;
  await client.send(new DeleteCommand({ TableName: table, Key: { pk: `T#${ctx.tenant}`, sk } }));
}

/** How many wait in front, counted up to `enough`. The dead in front are taken away on the way. */
export async function aheadOf(ctx: Ctx, gate: Gate, { sk }: Place, enough: number): Promise<number> {
  const { client, table } = ctx.stores.ephemeral;
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :me',
      ExpressionAttributeValues: { ':pk': `T#${ctx.tenant}`, ':first': prefixOf(gate), ':me': sk },
      Limit: enough + 8,
    }),
  );
  const others = (Items as Place[]).filter((row) => row.sk !== sk);
  const dead = others.filter(({ until }) => until < ctx.now());
  await Promise.all(dead.map((row) => stepOut(ctx, gate, row)));
  return others.length - dead.length;
}
