// How often a caller may come: asked before a verb runs, told in the headers of every answer.
import type { Holder } from '../../core/apikey/holder.ts';
import { noteUse } from '../../core/apikey/store.ts';
import { admit, type Limited, type Limiter, limitsOfCall, type Told } from '../../core/limit/index.ts';
import type { Ctx, OpenCtx } from '../../core/platform/ctx.ts';
import type { Failure } from '../../core/platform/failure.ts';
import * as Tenant from '../../core/tenant/index.ts';
import { envIfSet } from './env.ts';
import type { HttpEvent } from './exchange.ts';
import { cause, log } from './log.ts';
import { hash } from './seal.ts';

/** What this container has leased. */
const limiter: Limiter = new Map();

const failed = (error: unknown): void => log.warn('rates are not counted', { error: cause(error) });

/** Keys that this container has noted as used, and when. */
const noted = new Map<string, number>();
const minute = 60_000;

/**
 * Lets a signed-in call in; of a key it is noted that it was used. A token that opens nothing is counted by itself: it takes nothing from
 * its tenant, nor from the person whose it was. Throws RATE_LIMITED.
 */
export async function admitted(ctx: Ctx, { requestContext }: HttpEvent): Promise<Told | undefined> {
  const { now, stores, tenant } = ctx;
  const { rate, key, refused } = requestContext.authorizer.lambda;
  const own = key === undefined ? undefined : (JSON.parse(key) as Holder).requestsPerMinute;
  const limits: Limited[] = refused
    ? [{ of: 'member', id: `REFUSED#${ctx.actor.id}`, limit: leastRate }]
    : limitsOfCall(ctx, Number(rate ?? leastRate), own);
  const [told] = await Promise.all([
    admit({ now, on: stores.ephemeral, tenant }, limiter, limits, failed),
    key && noting(ctx).catch(failed),
  ]);
  return told;
}

async function noting(ctx: Ctx): Promise<void> {
  const { id } = ctx.actor;
  const now = ctx.now();
  if (now - (noted.get(id) ?? 0) < minute) return;
  if (noted.size > mostNoted) noted.clear();
  noted.set(id, now);
  await noteUse(ctx, id);
}

const mostNoted = 1000;

/** Where the authorizer told none. */
const leastRate = Tenant.planOf('free').limits.requestsPerMinute;

/** Lets somebody in who is not signed in: by the address, for each act by itself, where this function counts them. Throws RATE_LIMITED. */
export async function admittedOpen(open: OpenCtx, verb: string): Promise<Told | undefined> {
  const limit = Number(envIfSet('OPEN_RATE') ?? 0);
  if (limit === 0 || !open.from) return undefined;
  const place = { now: open.now, on: open.stores.shared };
  return admit(place, limiter, [{ of: 'address', id: hash(`${open.from.ip}\n${verb}`), limit }], failed);
}

/** Source of the names: draft-ietf-httpapi-ratelimit-headers; RFC 9110, 10.2.3. */
export const rateHeaders = ({ limit, remaining, reset }: Told): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(reset),
});

/** The same of a refusal. */
export function refusalHeaders({ code, details }: Failure): Record<string, string> {
  if (code !== 'RATE_LIMITED') return {};
  const wait = Number(details.retry_after);
  return { ...rateHeaders({ limit: Number(details.limit), remaining: 0, reset: wait }), 'retry-after': String(wait) };
}
