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

/** The context of a call with a key. Throws KEY_EXPIRED, KEY_ADDRESS_REFUSED. */
export async function ctxOf(open: OpenCtx, { tenant, id, scopes, projects, addresses, until }: Holder): Promise<Ctx> {
  if (until <= open.now()) throw new Failure('KEY_EXPIRED');
  const address = open.from?.ip ?? '';
  if (addresses.length > 0 && !isWithin(addresses, address)) throw new Failure('KEY_ADDRESS_REFUSED', { address });
  return actingFor(open, {
    tenant,
    // what asks for a role and not for what the key may is refused
    role: 'guest',
    key: { scopes, ...(projects && { projects }) },
    actor: { kind: 'key', id },
  });
}
