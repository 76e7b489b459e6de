import * as z from 'zod';
import { type Refreshing, refreshed, refusedOf, revoke } from '../identity/index.ts';
import { commit } from '../platform/commit.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { openVerb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { acting } from './acting.ts';
import { entryToTell, noteRefused } from './refused.ts';
import { Refresh, Token } from './schema.ts';

/** Names the lines of a refresh, by whatever verb it was asked for. */
const verbName = 'member.refresh';

export const refresh = openVerb({
  name: verbName,
  summary:
    'New tokens for a refresh token, for the organisation named or the one last worked in. The refresh token is replaced: it counts for ten seconds more, for an answer that was lost. With `account` the access token may change password, address and second factor; use it for that alone.',
  input: Refresh,
  output: z.object({ token: Token }),
  run: async (ctx, asked) => ({ token: await renewal(ctx, asked) }),
});

/**
 * The tokens that take the place of a refresh token. A refusal is told where it is known whose sign-in it was.
 * Throws INVALID_REFRESH, REFRESH_REUSED, MEMBER_INACTIVE.
 */
export async function renewal(ctx: OpenCtx, asked: Refreshing): Promise<Token> {
  const { id: user, session, authTime, token } = await renewed(ctx, asked);
  // of an ended sign-in too: who comes with it again is known by it
  if (token.refresh !== asked.refresh) await Session.spend(ctx, asked.refresh, { user, session });
  const { judgement } = await Session.standing(ctx, user, session, authTime);
  if (judgement !== 'ended') return token;
  await revoke(ctx, token.refresh);
  await noteRefused(ctx, { user, session, tenantId: asked.tenantId }, verbName, 'INVALID_REFRESH');
  throw new Failure('INVALID_REFRESH');
}

async function renewed(ctx: OpenCtx, asked: Refreshing) {
  try {
    return await refreshed(ctx, asked);
  } catch (error) {
    if (error instanceof Failure) await tellRefusal(ctx, asked, error);
    throw error;
  }
}

/** Whose a refused token is, a used-up one and our own trigger say; of another that Cognito refuses nobody knows. */
async function tellRefusal(open: OpenCtx, { refresh: given, tenantId }: Refreshing, refusal: Failure): Promise<void> {
  const { code } = refusal;
  const user = refusedOf(refusal);
  if (user !== undefined) return noteRefused(open, { user, tenantId }, verbName, code);
  if (code !== 'INVALID_REFRESH' && code !== 'REFRESH_REUSED') return;
  const spent = await Session.spentOf(open, given);
  if (!spent) return;
  if (code === 'REFRESH_REUSED' && (await endReused(open, { ...spent, tenantId }))) return;
  await noteRefused(open, { ...spent, tenantId }, verbName, code);
}

type Reused = { user: string; session: string; tenantId: string | undefined };

/**
 * A token that was replaced long ago is in two hands: the sign-in it was of is ended for both (RFC 9700 section 4.14.2). False where it
 * was ended before.
 */
async function endReused(open: OpenCtx, reused: Reused): Promise<boolean> {
  const { user, session } = reused;
  const { session: row } = await Session.standing(open, user, session, 0);
  const entry = row?.endedAt === undefined && (await entryToTell(open, reused));
  if (!entry) return false;
  const ctx = await acting(open, entry, verbName, session);
  await commit(ctx, {
    rows: [Session.ending(ctx, user, session)],
    audit: { object: session, after: { refused: 'REFRESH_REUSED' } },
    facts: [{ type: 'session.ended', subject: user }],
  });
  return true;
}
