// Who acts with an API key: what the directory says of it, judged again at each call, for the authorizer's answer may be some seconds old.
import { actingFor, type Ctx, type OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { isWithin } from './address.ts';
import { entryOf, type KeyEntry } from './directory.ts';
import { hashOf, isWellFormed } from './secret.ts';

/** The key of this text with its tenant's entry; undefined for one that is mistyped, made up or revoked. */
export const holderOf = async (ctx: Pick<OpenCtx, 'stores'>, text: string) =>
  isWellFormed(text) ? entryOf(ctx, hashOf(text)) : undefined;

export type Holder = Pick<
  KeyEntry,
  'tenant' | 'id' | 'scopes' | 'projects' | 'addresses' | 'until' | 'requestsPerMinute'
>;

/** Whether a key works now, and from where it was sent. Throws KEY_EXPIRED, KEY_ADDRESS_REFUSED. */
export function mustWork({ now, from }: OpenCtx, { addresses, until }: Holder): void {
  if (until <= now()) throw new Failure('KEY_EXPIRED');
  const address = from?.ip ?? '';
  if (addresses.length > 0 && !isWithin(addresses, address)) throw new Failure('KEY_ADDRESS_REFUSED', { address });
}

/** The context of a call with a key; for one that does not work too, so that its refusal is noted where it belongs. */
export const ctxOf = (open: OpenCtx, { tenant, id, scopes, projects }: Holder): Promise<Ctx> =>
  actingFor(open, {
    tenant,
    // what asks for a role and not for what the key may is refused
    role: 'guest',
    key: { scopes, ...(projects && { projects }) },
    actor: { kind: 'key', id },
  });
