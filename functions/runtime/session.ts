// Whether the sign-in of a token still holds, and the note that it was seen.
import type { Origin } from '../../core/platform/ctx.ts';
import * as Session from '../../core/session/index.ts';
import { cause, log } from './log.ts';
import { openStores } from './stores.ts';
import type { Holder } from './token.ts';

/** False for a sign-in that was ended: by logging out, by the person elsewhere, by a new password. Its first call makes its row. */
export async function sessionHolds({ user, session, authTime }: Holder, from: Origin): Promise<boolean> {
  const ctx = { stores: openStores, now: Date.now };
  const { session: row, judgement } = await Session.standing(ctx, user, session, authTime);
  if (judgement === 'ended') return false;
  try {
    if (!row) await Session.noteNew(ctx, user, session, from);
    else if (Session.unnoted(row, ctx.now())) await Session.noteSeen(ctx, user, session, from);
  } catch (error) {
    // a list that says less is no reason to refuse somebody whose sign-in holds
    log.warn('a session was not noted', { error: cause(error) });
  }
  return true;
}
