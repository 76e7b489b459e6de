// Progress sockets: a one-time ticket opens one, a row says who listens. All of it expires by itself.

import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { DeleteCommand, PutCommand, QueryCommand } from '../platform/dynamo/command.ts';
import { refusedAs } from '../platform/dynamo/refusal.ts';
import { Failure, type Locale } from '../platform/failure.ts';

/** A ticket opens one socket within 30 seconds. */
const ticketMs = 30_000;
/** API Gateway closes a WebSocket after two hours. */
const socketSeconds = 7_200;
/** Ms that API Gateway may take to open a socket whose row is there: as long as an integration may run ("Amazon API Gateway quotas", WebSocket). */
const openingMs = 29_000;

/** Whose a ticket is. What he may is not in it: the directory says that when it opens a socket. */
export type Ticket = {
  tenant: string;
  user: string;
  kind: Ctx['actor']['kind'];
  locale: Locale;
  /** The sign-in that asked. */
  session?: string;
  /** Epoch milliseconds at which it was asked for. */
  at: number;
  /** Epoch milliseconds at which whoever looks at the tenant for the platform may look no longer. */
  lookingUntil?: number;
};

/**
 * Who listens, in which language, and what was within his reach when he began; a change of it ends his sockets. `until`: epoch
 * milliseconds, where he may not listen for as long as a socket lives.
 */
export type Listener = Pick<Ctx, 'role' | 'reach'> & { tenant: string; user: string; locale: Locale; until?: number };

const whose = (row: Record<string, unknown> | undefined) => ({
  tenant: String(row?.tenant),
  user: String(row?.user),
  locale: row?.locale === 'en' ? ('en' as const) : ('zh-CN' as const),
});

const listenerOf = (row: Record<string, unknown>): Listener => ({
  ...whose(row),
  role: (row.role ?? 'guest') as Ctx['role'],
  reach: (row.reach ?? {}) as NonNullable<Ctx['reach']>,
});

/** Keeps a ticket for the caller. */
export async function keepTicket(ctx: Ctx, ticket: string): Promise<number> {
  const at = ctx.now();
  const until = at + ticketMs;
  const { client, table } = ctx.stores.shared;
  const Item = {
    pk: `TICKET#${ticket}`,
    sk: 'TICKET',
    tenant: ctx.tenant,
    user: ctx.actor.id,
    kind: ctx.actor.kind,
    locale: ctx.locale,
    ...(ctx.session !== undefined && { session: ctx.session }),
    ...(ctx.lookingUntil !== undefined && { lookingUntil: ctx.lookingUntil }),
    at,
    until,
    expires_at: Math.ceil(until / 1000),
  };
  await client.send(new PutCommand({ TableName: table, Item }));
  return until;
}

/** Takes a ticket away and answers whose it was. Throws TICKET_INVALID when it was used, is unknown or too old. */
export async function takeTicket(ctx: OpenCtx, ticket: string): Promise<Ticket> {
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
    const { kind, session, at, lookingUntil } = Attributes as Ticket;
    return {
      ...whose(Attributes),
      kind,
      at,
      ...(session !== undefined && { session }),
      ...(lookingUntil !== undefined && { lookingUntil }),
    };
  } catch (error) {
    if (refusedAs(error, 'ConditionalCheckFailedException')) throw new Failure('TICKET_INVALID');
    throw error;
  }
}

/** Rows are there for a while after their time. */
const isOpen = ({ now }: Pick<OpenCtx, 'now'>, { expires_at }: Record<string, unknown>): boolean =>
  Number(expires_at) > now() / 1000;

const socketKey = (tenant: string, connection: string) => ({ pk: `T#${tenant}`, sk: `SOCKET#${connection}` });

/** Two rows: the tenant's list of listeners, and the way back from a connection to its tenant. */
export async function keepSocket(ctx: OpenCtx, connection: string, listening: Listener): Promise<void> {
  const { shared, of } = ctx.stores;
  const own = (await of(listening.tenant)).ephemeral;
  const { until = Number.POSITIVE_INFINITY, ...who } = listening;
  const expires_at = Math.min(Math.ceil(ctx.now() / 1000) + socketSeconds, Math.floor(until / 1000));
  const row = { ...who, connection, since: ctx.now(), expires_at };
  const back = { pk: `SOCKET#${connection}`, sk: 'SOCKET', ...row };
  await shared.client.send(new PutCommand({ TableName: shared.table, Item: back }));
  const listed = { ...socketKey(listening.tenant, connection), ...row };
  await own.client.send(new PutCommand({ TableName: own.table, Item: listed }));
}

/** Who listens on a connection; undefined when it is unknown or its time is over. */
export async function listener(ctx: OpenCtx, connection: string): Promise<Listener | undefined> {
  const { client, table } = ctx.stores.shared;
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      // a client may ask as soon as it is connected
      ConsistentRead: true,
      ExpressionAttributeValues: { ':pk': `SOCKET#${connection}` },
    }),
  );
  const row = Items[0];
  return row && isOpen(ctx, row) ? listenerOf(row) : undefined;
}

/**
 * Forgets a connection that API Gateway says is gone. It says so too of one that is just being opened: that one is kept, and what it missed
 * is asked for by whoever opened it.
 */
export async function forgetGone(ctx: OpenCtx, tenant: string, connection: string): Promise<void> {
  const own = (await ctx.stores.of(tenant)).ephemeral;
  try {
    await own.client.send(
      new DeleteCommand({
        TableName: own.table,
        Key: socketKey(tenant, connection),
        ConditionExpression: 'attribute_not_exists(#since) OR #since < :opened',
        ExpressionAttributeNames: { '#since': 'since' },
        ExpressionAttributeValues: { ':opened': ctx.now() - openingMs },
      }),
    );
  } catch (error) {
    if (refusedAs(error, 'ConditionalCheckFailedException')) return;
    throw error;
  }
  await dropBack(ctx, connection);
}

export async function dropSocket(ctx: OpenCtx, tenant: string, connection: string): Promise<void> {
  const own = (await ctx.stores.of(tenant)).ephemeral;
  await own.client.send(new DeleteCommand({ TableName: own.table, Key: socketKey(tenant, connection) }));
  await dropBack(ctx, connection);
}

/** Drops the row by which a connection is found without its tenant. */
async function dropBack({ stores: { shared } }: OpenCtx, connection: string): Promise<void> {
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
    for (const row of page.Items ?? [])
      if (isOpen(ctx, row)) connections.push({ ...listenerOf(row), connection: String(row.connection) });
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return connections;
}
