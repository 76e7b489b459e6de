// Whether the sign-in of a token still holds, and the notes that it was seen.
import { noteSignedIn } from '../../core/member/store.ts';
import { actingFor, type Ctx, type OpenCtx } from '../../core/platform/ctx.ts';
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
    return comesIn(await actingFor(open, { tenant, role: who.role as Role, actor }), session, row);
  }
  if (row && Session.unnoted(row, open.now())) await ifItMay(() => Session.noteSeen(open, user, session));
  return true;
}

async function comesIn(ctx: Ctx, session: string, row: Noted['row']): Promise<boolean> {
  const holds = await Session.enter(ctx, session, row);
  if (holds) await ifItMay(() => noteSignedIn(ctx));
  return holds;
}

/** A list that says less is no reason to refuse somebody whose sign-in holds. */
async function ifItMay(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch (error) {
    log.warn('a session was not noted', { error: cause(error) });
  }
}
