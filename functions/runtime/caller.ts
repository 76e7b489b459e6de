// Who calls: from what the authorizer handed over to the context that a verb runs in.
import { ctxOf, type Holder, mustWork } from '../../core/apikey/holder.ts';
import { actingFor, type Ctx, type OpenCtx, type Stores } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import type { Role } from '../../core/platform/permission.ts';
import { bearerOf } from './bearer.ts';
import type { HttpEvent, Principal } from './exchange.ts';
import { log } from './log.ts';

/** What a function gives its verbs beside the context, made in the stores of a tenant: the gateway to models, the queues. */
export type Given = (stores: Stores) => object;

type Reach = NonNullable<Ctx['reach']>;

/** The context of a signed-in call; of a key or a sign-in whether or not it opens anything: `mustOpen` says that. `given`: what the function was granted beside stores. Throws INVALID_TOKEN, INVALID_KEY. */
export async function signedIn(event: HttpEvent, open: OpenCtx, given?: Given): Promise<Ctx> {
  const who = event.requestContext.authorizer?.lambda;
  if (who?.refused === 'INVALID_KEY') throw new Failure('INVALID_KEY');
  if (!who?.tenant_id || !(who.key || (who.user_id && who.role))) throw new Failure('INVALID_TOKEN');
  // the answer of the authorizer may be older than the session
  if (who.looking_until && Number(who.looking_until) <= open.now()) throw new Failure('INVALID_TOKEN');
  log.appendKeys({ tenant: who.tenant_id, request: open.requestId });
  const readOnly = who.read_only && { readOnly: who.read_only as NonNullable<Ctx['readOnly']> };
  // the authorizer has read where the tenant lies: nobody reads it again
  await open.stores.of(who.tenant_id, who.tier ?? 'pool');
  const ctx = await (who.key ? ctxOf(open, JSON.parse(who.key) as Holder) : personOf(event, open, who));
  return { ...ctx, ...readOnly, ...given?.(ctx.stores) };
}

/**
 * Whether a sign-in still holds, of somebody who is a member, and a key works now and from there. Throws INVALID_TOKEN, KEY_EXPIRED,
 * KEY_ADDRESS_REFUSED.
 */
export function mustOpen({ requestContext }: HttpEvent, open: OpenCtx): void {
  const { key, refused } = requestContext.authorizer.lambda;
  if (refused) throw new Failure('INVALID_TOKEN');
  if (key) mustWork(open, JSON.parse(key) as Holder);
}

function personOf({ headers }: HttpEvent, open: OpenCtx, who: Principal): Promise<Ctx> {
  const accessToken = bearerOf(headers);
  return actingFor(open, {
    tenant: who.tenant_id ?? '',
    role: who.role as Role,
    ...(who.reach && { reach: JSON.parse(who.reach) as Reach }),
    ...(who.session_id && { session: who.session_id }),
    ...(who.mfa_missing && { mfaMissing: true }),
    ...(accessToken !== undefined && { accessToken }),
    ...(who.looking_until && { lookingUntil: Number(who.looking_until) }),
    ...(who.platform && { platform: { mfa: who.platform === 'mfa' } }),
    actor: {
      kind: who.looking_until ? 'platform' : 'user',
      id: who.user_id ?? '',
      ...(who.email && { email: who.email }),
    },
  });
}
