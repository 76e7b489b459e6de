// The first call of a sign-in in an organisation: of the hosted login, or with a token that was asked for another organisation. It is noted
// and told there in one transaction, once; whoever signs in over the API was told by that (core/member/let-in.ts).
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { linePut } from '../platform/note.ts';
import { transact } from '../platform/transact.ts';
import type { Session } from './session.ts';
import { appearing, comingIn } from './store.ts';

/** Whether a sign-in was seen in that tenant before. */
export const entered = (row: Session | undefined, tenant: string): boolean => row?.tenants?.includes(tenant) ?? false;

/**
 * Notes and tells that the sign-in `session` came into ctx.tenant, unless a call beside this one has. `row`: what is noted of it so
 * far. False where it was ended meanwhile. Throws BUSY.
 */
export async function enter(ctx: Ctx, session: string, row: Session | undefined): Promise<boolean> {
  if (row?.endedAt !== undefined) return false;
  if (entered(row, ctx.tenant)) return true;
  const { id } = ctx.actor;
  const note = (row ? comingIn : appearing)(ctx, id, session);
  const line = linePut({ ...ctx, session, verb: row ? 'member.switch' : 'member.login' }, { object: id });
  const met = new Failure('BUSY');
  let now: Session | undefined;
  try {
    await transact(ctx.stores.audit.client, [note, { Put: line }], (_, current) => {
      now = current as Session | undefined;
      return met;
    });
    return true;
  } catch (error) {
    if (error !== met) throw error;
  }
  return enter(ctx, session, now);
}
