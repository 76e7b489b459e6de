// The gate of a provider for a tenant: who is in, until when their leases run, and whether the provider asked for rest.
import type { Ctx } from '../../platform/ctx.ts';
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '../../platform/dynamo/command.ts';
import { held } from '../../platform/held.ts';
import type { ProviderId } from '../schema.ts';

export type Gate = { readonly provider: ProviderId };

/** Ms of when a holder came in, and until when it may stay. */
type Lease = { readonly since: number; readonly until: number };

/** `inside`: by holder. `entered`: how many ever came in. `took`: ms that the last call took. */
type GateRow = {
  readonly inside: Readonly<Record<string, Lease>>;
  readonly restUntil?: number;
  readonly entered?: number;
  readonly took?: number;
};

/** What somebody who looks at a gate sees. */
export type Room = {
  /** How many may come in now. */
  readonly free: number;
  /** Ms that the gate still rests. */
  readonly restMs: number;
  /** How many ever came in: by so much the queue has moved on. */
  readonly entered: number;
  /** Ms since each of those inside came in, those that are longest in first. */
  readonly ages: readonly number[];
  /** Ms that the last call took, where one has ended. */
  readonly took: number | undefined;
};

const keyOf = (ctx: Ctx, { provider }: Gate) => ({ pk: `T#${ctx.tenant}`, sk: `SLOT#${provider}` });

/** Seconds a gate that nobody uses is kept. */
const keptSeconds = 86_400;

/** How it looks at the gate. Leases that have run out are taken away on the way. */
export async function roomOf(ctx: Ctx, gate: Gate, limit: number): Promise<Room> {
  const row = await load(ctx, gate);
  if (!row) return { free: limit, restMs: 0, entered: 0, ages: [], took: undefined };
  const { inside, restUntil = 0, entered = 0, took } = row;
  const now = ctx.now();
  const restMs = Math.max(0, restUntil - now);
  const dead = Object.entries(inside).filter(([, { until }]) => until < now);
  await Promise.all(dead.map(([holder, { until }]) => drop(ctx, gate, holder, until)));
  const alive = Object.values(inside).filter(({ until }) => until >= now);
  const ages = alive.map(({ since }) => now - since).sort((a, b) => b - a);
  return { free: restMs > 0 ? 0 : limit - alive.length, restMs, entered, ages, took };
}

/** Comes in, unless the gate is full or rests; whether it did. */
export async function enter(ctx: Ctx, gate: Gate, holder: string, limit: number, leaseMs: number): Promise<boolean> {
  const now = ctx.now();
  const change = {
    UpdateExpression: 'SET inside.#holder = :lease, expires_at = :expiry ADD entered :one',
    ConditionExpression: 'size(inside) < :limit AND (attribute_not_exists(restUntil) OR restUntil <= :now)',
    ExpressionAttributeNames: { '#holder': holder },
    ExpressionAttributeValues: {
      ':lease': { since: now, until: now + leaseMs } satisfies Lease,
      ':one': 1,
      ':expiry': Math.ceil((now + leaseMs) / 1000) + keptSeconds,
      ':limit': limit,
      ':now': now,
    },
  };
  if (await update(ctx, gate, change)) return true;
  return (await founded(ctx, gate)) && update(ctx, gate, change);
}

/** Goes out. One whose lease was taken away is out already. @param took ms that its call took */
export const leave = async (ctx: Ctx, gate: Gate, holder: string, took: number): Promise<void> => {
  await update(ctx, gate, {
    UpdateExpression: 'SET took = :took REMOVE inside.#holder',
    ConditionExpression: 'attribute_exists(inside.#holder)',
    ExpressionAttributeNames: { '#holder': holder },
    ExpressionAttributeValues: { ':took': took },
  });
};

/** Lets nobody in until then; a longer rest stays. */
export async function pauseUntil(ctx: Ctx, gate: Gate, until: number): Promise<void> {
  await founded(ctx, gate);
  await update(ctx, gate, {
    UpdateExpression: 'SET restUntil = :until',
    ConditionExpression: 'attribute_not_exists(restUntil) OR restUntil < :until',
    ExpressionAttributeValues: { ':until': until },
  });
}

const drop = (ctx: Ctx, gate: Gate, holder: string, until: number): Promise<boolean> =>
  update(ctx, gate, {
    UpdateExpression: 'REMOVE inside.#holder',
    ConditionExpression: 'inside.#holder.#until = :until',
    ExpressionAttributeNames: { '#holder': holder, '#until': 'until' },
    ExpressionAttributeValues: { ':until': until },
  });

/** Makes the gate where there is none; whether it was made now. */
const founded = (ctx: Ctx, gate: Gate): Promise<boolean> =>
  update(ctx, gate, {
    UpdateExpression: 'SET inside = :none, expires_at = :expiry',
    ConditionExpression: 'attribute_not_exists(inside)',
    ExpressionAttributeValues: { ':none': {}, ':expiry': Math.ceil(ctx.now() / 1000) + keptSeconds },
  });

async function load(ctx: Ctx, gate: Gate): Promise<GateRow | undefined> {
  const { client, table } = ctx.stores.ephemeral;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(ctx, gate), ConsistentRead: true }));
  return Item as GateRow | undefined;
}

type Change = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const update = (ctx: Ctx, gate: Gate, change: Change): Promise<boolean> => {
  const { client, table } = ctx.stores.ephemeral;
  return held(client.send(new UpdateCommand({ TableName: table, Key: keyOf(ctx, gate), ...change })));
};
