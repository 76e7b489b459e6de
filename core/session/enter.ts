// The first call of a sign-in in an organisation: of the hosted login, or with a token that was asked for another organisation. It is noted
// and told there in one transaction, once; whoever signs in over the API was told by that (core/member/login.ts).
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { linePut } from '../platform/note.ts';
import { transact } from '../platform/transact.ts';
import type { Session } from './session.ts';
import { appearing, comingIn } from './store.ts';

/** Whether a sign-in was seen in that tenant before. */
export const entered = (row: Session | undefined, tenant: string): boolean => row?.tenants?.includes(tenant) ?? false;

/** Notes and tells that the sign-in `session` of the actor came into ctx.tenant. `row`: what is noted of it so far. Throws BUSY. */
export async function enter(ctx: Ctx, session: string, row: Session | undefined): Promise<void> {
  const { id } = ctx.actor;
  const note = (row ? comingIn : appearing)(ctx, id, session);
  const line = linePut({ ...ctx, verb: row ? 'member.switch' : 'member.login' }, { object: id });
  // a call beside this one has told it, or the sign-in was ended meanwhile
  const noted = new Failure('BUSY');
  try {
    await transact(ctx.stores.audit.client, [note, { Put: line }], () => noted);
  } catch (error) {
    if (error !== noted) throw error;
  }
}
