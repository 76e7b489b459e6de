// Whether the sign-in of a token still holds, and the notes that it was seen.
import { actingFor, type OpenCtx } from '../../core/platform/ctx.ts';
import type { Role } from '../../core/platform/permission.ts';
import * as Session from '../../core/session/index.ts';
import type { Principal } from './exchange.ts';
import { cause, log } from './log.ts';
import type { Holder } from './token.ts';

/** What is noted of a sign-in; undefined for one that was ended: by logging out, by the person elsewhere, by a new password. */
export async function signInOf(open: OpenCtx, { user, session, authTime }: Holder) {
  const { session: row, judgement } = await Session.standing(open, user, session, authTime);
  return judgement === 'ended' ? undefined : { row };
}

type Noted = NonNullable<Awaited<ReturnType<typeof signInOf>>>;

/** Notes that a sign-in was seen; false where it was ended meanwhile. Its first call in a tenant is told there: what cannot be told lets nobody in. */
export async function noteSignIn(open: OpenCtx, holder: Holder, { row }: Noted, who: Principal): Promise<boolean> {
  const { tenant, user, session, email } = holder;
  if (!Session.entered(row, tenant)) {
    await open.stores.of(tenant, who.tier ?? 'pool');
    const actor = { kind: 'user' as const, id: user, ...(email !== undefined && { email }) };
    return Session.enter(await actingFor(open, { tenant, role: who.role as Role, actor }), session, row);
  }
  if (!row || !Session.unnoted(row, open.now())) return true;
  try {
    await Session.noteSeen(open, user, session);
  } catch (error) {
    // a list that says less is no reason to refuse somebody whose sign-in holds
    log.warn('a session was not noted', { error: cause(error) });
  }
  return true;
}
