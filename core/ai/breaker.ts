// The circuit breaker of a provider and key, across instances. It guards time, not money: when its own table fails, calls go through.
import { createHash } from 'node:crypto';
import type { Ctx } from '../platform/ctx.ts';
import { DeleteCommand, GetCommand, UpdateCommand } from '../platform/dynamo/command.ts';
import { held } from '../platform/held.ts';
import { type FailureFacts, ProviderFailure } from './provider-failure.ts';
import type { Account, FailureKind, ProviderId } from './schema.ts';

/** So many failures within the window open it. */
const mostFailures = 5;
const windowMs = 60_000;
/** Open so long; then one call tries whether the provider is back, and has as long to find out. */
const openMs = 30_000;

type State = {
  readonly failures: number;
  /** Ms of the first failure of the window. */
  readonly began?: number;
  readonly openUntil?: number;
  readonly kind?: FailureKind;
};

/** Who is guarded. A key is told by a piece of its hash, from which it cannot be had. */
export type Guarded = { readonly provider: ProviderId; readonly key: string };

export const guarded = (provider: ProviderId, { baseUrl, key }: Account): Guarded => ({
  provider,
  key: createHash('sha256').update(`scriptloom breaker ${provider} ${baseUrl} ${key}`).digest('hex').slice(0, 16),
});

type Admitted = { readonly wasFailing: boolean };

/** Lets a call through, or says what the provider last failed with, the code being `circuit_open`. */
export async function admit(ctx: Ctx, who: Guarded): Promise<Admitted | { readonly refused: ProviderFailure }> {
  const state = await openly(() => load(ctx, who));
  const openUntil = state?.openUntil;
  if (openUntil === undefined) return { wasFailing: (state?.failures ?? 0) > 0 };
  if (openUntil <= ctx.now() && (await openly(() => probe(ctx, who, openUntil))) !== false) return { wasFailing: true };
  const refused = new ProviderFailure({
    kind: state?.kind ?? 'retryable',
    provider: who.provider,
    providerCode: 'circuit_open',
    retryAfterMs: Math.max(500, openUntil - ctx.now()),
  });
  return { refused };
}

/** As the circuit breaker pattern names them; `half_open`: the next call tries. */
export type Circuit = 'closed' | 'open' | 'half_open';

export type Health = {
  readonly circuit: Circuit;
  /** Failures within the last minute, or that opened it. */
  readonly failures: number;
  /** What it last failed with, while that counts. */
  readonly kind?: FailureKind | undefined;
  /** Ms; when the next call is let through, while it is open. */
  readonly openUntil?: number | undefined;
};

/** How a provider and key stand; undefined when the table does not answer. */
export async function healthOf(ctx: Ctx, who: Guarded): Promise<Health | undefined> {
  const read = await openly(async () => ({ state: await load(ctx, who) }));
  return read && health(read.state, ctx.now());
}

function health(state: State | undefined, now: number): Health {
  const { failures = 0, began = 0, openUntil, kind } = state ?? {};
  if (openUntil === undefined) return began > now - windowMs ? { circuit: 'closed', failures, kind } : { circuit: 'closed', failures: 0 }; // biome-ignore format: one thought
  return openUntil > now ? { circuit: 'open', failures, kind, openUntil } : { circuit: 'half_open', failures, kind };
}

/** A call went well. */
export async function succeeded(ctx: Ctx, who: Guarded, { wasFailing }: Admitted): Promise<void> {
  const { client, table } = ctx.stores.shared;
  if (wasFailing) await openly(() => client.send(new DeleteCommand({ TableName: table, Key: keyOf(who) })));
}

/**
 * A call failed. Servers that fail are given rest after a few times, keys that are refused or empty at once. A provider that answered anything
 * else is there, and to the breaker that went well. So is 403: the key is known and kept from one model or request, for which nobody else with
 * that key need wait.
 * @param of the HTTP status, the provider's code, and what `admit` said; without that it may have been failing.
 */
export async function failed(
  ctx: Ctx,
  who: Guarded,
  kind: FailureKind,
  { wasFailing = true, ...of }: Partial<Admitted> & Pick<FailureFacts, 'httpStatus' | 'providerCode'> = {},
): Promise<void> {
  if (kind === 'quota' || (kind === 'auth' && !isOfOne(of))) await openly(() => open(ctx, who, kind));
  else if (kind !== 'retryable') await succeeded(ctx, who, { wasFailing });
  else
    await openly(async () => {
      if ((await counted(ctx, who, kind)) >= mostFailures) await open(ctx, who, kind);
    });
}

/** The same inside HTTP 200 and in streams: what gateways, Anthropic and Gemini call 403 (providers.md 4). */
const keptFromOne: ReadonlySet<string | undefined> = new Set(['http_403', 'permission_error', 'PERMISSION_DENIED']);

const isOfOne = ({ httpStatus, providerCode }: Pick<FailureFacts, 'httpStatus' | 'providerCode'>): boolean =>
  httpStatus === 403 || keptFromOne.has(providerCode);

const keyOf = ({ provider, key }: Guarded) => ({ pk: `BREAKER#${provider}#${key}`, sk: 'BREAKER' });
const expiry = (ctx: Ctx) => Math.ceil((ctx.now() + windowMs + openMs) / 1000) + 3600;

async function load(ctx: Ctx, who: Guarded): Promise<State | undefined> {
  const { client, table } = ctx.stores.shared;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(who) }));
  return Item as State | undefined;
}

/** Whether this caller is the one that tries. */
const probe = (ctx: Ctx, who: Guarded, seen: number): Promise<boolean> => {
  const { client, table } = ctx.stores.shared;
  return held(
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(who),
        UpdateExpression: 'SET openUntil = :next',
        ConditionExpression: 'openUntil = :seen',
        ExpressionAttributeValues: { ':next': ctx.now() + openMs, ':seen': seen },
      }),
    ),
  );
};

/** Failures in the running window, this one included. */
async function counted(ctx: Ctx, who: Guarded, kind: FailureKind): Promise<number> {
  const { client, table } = ctx.stores.shared;
  const now = ctx.now();
  const put = async (window: 'running' | 'new') => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(who),
        UpdateExpression:
          window === 'new'
            ? 'SET failures = :one, began = :now, kind = :kind, expires_at = :expiry'
            : 'SET failures = failures + :one, kind = :kind, expires_at = :expiry',
        ExpressionAttributeValues: {
          ':one': 1,
          ':kind': kind,
          ':expiry': expiry(ctx),
          ...(window === 'new' ? { ':now': now } : { ':cut': now - windowMs }),
        },
        ...(window === 'running' && { ConditionExpression: 'began > :cut' }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Number(Attributes?.failures);
  };
  let failures = 0;
  const isRunning = await held(put('running').then((count) => (failures = count)));
  return isRunning ? failures : put('new');
}

async function open(ctx: Ctx, who: Guarded, kind: FailureKind): Promise<void> {
  const { client, table } = ctx.stores.shared;
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: keyOf(who),
      UpdateExpression:
        'SET openUntil = :until, kind = :kind, failures = if_not_exists(failures, :one), began = if_not_exists(began, :now), expires_at = :expiry',
      ExpressionAttributeValues: {
        ':until': ctx.now() + openMs,
        ':kind': kind,
        ':one': 1,
        ':now': ctx.now(),
        ':expiry': expiry(ctx),
      },
    }),
  );
}

/** What the table says, or undefined when it cannot be asked. */
async function openly<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
