import * as z from 'zod';
import { refreshed, revoke } from '../identity/index.ts';
import { commit } from '../platform/commit.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { openVerb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { acting } from './acting.ts';
import { entryOf } from './directory.ts';
import { Refresh, Token } from './schema.ts';

export const refresh = openVerb({
  name: 'member.refresh',
  summary:
    'New tokens for a refresh token, for the organisation named or the one last worked in. The refresh token is replaced: it counts for ten seconds more, for an answer that was lost.',
  input: Refresh,
  output: z.object({ token: Token }),
  run: async (ctx, asked) => ({ token: await renewal(ctx, asked) }),
});

type Asked = { refresh: string; tenantId?: string | undefined };

/** The tokens that take the place of a refresh token. Throws INVALID_REFRESH, REFRESH_REUSED, MEMBER_INACTIVE. */
export async function renewal(ctx: OpenCtx, asked: Asked): Promise<Token> {
  const { id: user, session, authTime, token } = await renewed(ctx, asked);
  if ((await Session.standing(ctx, user, session, authTime)).judgement === 'ended') {
    await revoke(ctx, token.refresh);
    throw new Failure('INVALID_REFRESH');
  }
  if (token.refresh !== asked.refresh) await Session.spend(ctx, asked.refresh, { user, session });
  return token;
}

/** A token that was replaced long ago is in two hands: the sign-in it was of is ended for both (RFC 9700 section 4.14.2). */
async function renewed(ctx: OpenCtx, { refresh: given, tenantId }: Asked) {
  try {
    return await refreshed(ctx, given, tenantId);
  } catch (error) {
    if (error instanceof Failure && error.code === 'REFRESH_REUSED') await endReused(ctx, given);
    throw error;
  }
}

async function endReused(open: OpenCtx, given: string): Promise<void> {
  const spent = await Session.spentOf(open, given);
  const entry = spent && (await entryOf(open, spent.user));
  if (!spent || !entry) return;
  const ctx = await acting(open, entry, 'member.refresh');
  const { user, session } = spent;
  await commit(ctx, {
    rows: [Session.ending(ctx, user, session)],
    audit: { object: session, after: { refused: 'REFRESH_REUSED' } },
    facts: [{ type: 'session.ended', subject: user }],
  });
}
