// Progress sockets: a one-time ticket opens one, a row says who listens. All of it expires by itself.

import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { DeleteCommand, PutCommand, QueryCommand } from '../platform/dynamo/command.ts';
import { refusedAs } from '../platform/dynamo/refusal.ts';
import { Failure, type Locale } from '../platform/failure.ts';

/** A ticket opens one socket within 30 seconds. */
const ticketMs = 30_000;
/** API Gateway closes a WebSocket after two hours. */
const socketSeconds = 7_200;

/** Who listens, in which language, and what was within his reach when he began; a change of it ends his sockets. */
export type Listener = Pick<Ctx, 'role' | 'reach'> & { tenant: string; user: string; locale: Locale };

const listenerOf = (row: Record<string, unknown> | undefined): Listener => ({
  tenant: String(row?.tenant),
  user: String(row?.user),
  locale: row?.locale === 'en' ? 'en' : 'zh-CN',
  role: (row?.role ?? 'guest') as Ctx['role'],
  reach: (row?.reach ?? {}) as NonNullable<Ctx['reach']>,
});

/** Keeps a ticket for the caller. */
export async function keepTicket(ctx: Ctx, ticket: string): Promise<number> {
  const until = ctx.now() + ticketMs;
  const { client, table } = ctx.stores.shared;
  const Item = {
    pk: `TICKET#${ticket}`,
    sk: 'TICKET',
    tenant: ctx.tenant,
    user: ctx.actor.id,
    locale: ctx.locale,
    role: ctx.role,
    reach: ctx.reach ?? {},
    until,
    expires_at: Math.ceil(until / 1000),
  };
  await client.send(new PutCommand({ TableName: table, Item }));
  return until;
}

/** Takes a ticket away and answers whose it was. Throws TICKET_INVALID when it was used, is unknown or too old. */
export async function takeTicket(ctx: OpenCtx, ticket: string): Promise<Listener> {
  const { client, table } = ctx.stores.shared;
  try {
    const { Attributes } = await client.send(
      new DeleteCommand({
        TableName: table,
        Key: { pk: `TICKET#${ticket}`, sk: 'TICKET' },
        ConditionExpression: 'attribute_exists(pk) AND #until > :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': ctx.now() },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return listenerOf(Attributes);
  } catch (error) {
    if (refusedAs(error, 'ConditionalCheckFailedException')) throw new Failure('TICKET_INVALID');
    throw error;
  }
}

const socketKey = (tenant: string, connection: string) => ({ pk: `T#${tenant}`, sk: `SOCKET#${connection}` });

/** Two rows: the tenant's list of listeners, and the way back from a connection to its tenant. */
export async function keepSocket(ctx: OpenCtx, connection: string, listening: Listener): Promise<void> {
  const { shared, of } = ctx.stores;
  const own = (await of(listening.tenant)).ephemeral;
  const expires_at = Math.ceil(ctx.now() / 1000) + socketSeconds;
  const row = { ...listening, connection, expires_at };
  const back = { pk: `SOCKET#${connection}`, sk: 'SOCKET', ...row };
  await shared.client.send(new PutCommand({ TableName: shared.table, Item: back }));
  const listed = { ...socketKey(listening.tenant, connection), ...row };
  await own.client.send(new PutCommand({ TableName: own.table, Item: listed }));
}

/** Who listens on a connection; undefined when it is unknown. */
export async function listener(ctx: OpenCtx, connection: string): Promise<Listener | undefined> {
  const { client, table } = ctx.stores.shared;
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `SOCKET#${connection}` },
    }),
  );
  const row = Items[0];
  return row && listenerOf(row);
}

export async function dropSocket(ctx: OpenCtx, tenant: string, connection: string): Promise<void> {
  const { shared, of } = ctx.stores;
  const own = (await of(tenant)).ephemeral;
  await own.client.send(new DeleteCommand({ TableName: own.table, Key: socketKey(tenant, connection) }));
  const back = { pk: `SOCKET#${connection}`, sk: 'SOCKET' };
  await shared.client.send(new DeleteCommand({ TableName: shared.table, Key: back }));
}

/** Connections of the tenant that have not expired, each with who listens. */
export async function socketsOf(ctx: Ctx): Promise<(Listener & { connection: string })[]> {
  const { client, table } = ctx.stores.ephemeral;
  const connections: (Listener & { connection: string })[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :socket)',
        ExpressionAttributeValues: { ':pk': `T#${ctx.tenant}`, ':socket': 'SOCKET#' },
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    const now = ctx.now() / 1000;
    for (const row of page.Items ?? [])
      if (row.expires_at > now) connections.push({ ...listenerOf(row), connection: String(row.connection) });
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return connections;
}
