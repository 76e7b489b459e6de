import * as z from 'zod';
import { revoke, signOutEverywhere } from '../identity/index.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { verb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { Logout } from './schema.ts';

export const logout = verb({
  name: 'member.logout',
  summary:
    'Ends this sign-in, whose refresh token is given; without one every sign-in of the person. Access tokens are refused within 30 seconds.',
  needs: 'self',
  input: Logout,
  output: z.object({ signedOut: z.literal(true) }),
  run: async (ctx, { refresh }) => {
    await (refresh === undefined ? endEverywhere(ctx) : endHere(ctx, refresh));
    return { signedOut: true as const };
  },
});

/** First what can renew the tokens, then the tokens: done again after a failure, it ends what is left. */
async function endEverywhere(ctx: Ctx): Promise<void> {
  const { id } = ctx.actor;
  await signOutEverywhere(ctx, id);
  await commit(ctx, {
    rows: await Session.endingAll(ctx, id),
    audit: { object: id, after: { everywhere: true } },
    facts: [{ type: 'session.ended', subject: id }],
  });
}

async function endHere(ctx: Ctx, refresh: string): Promise<void> {
  const { session, actor } = ctx;
  await revoke(ctx, refresh);
  const rows = session === undefined ? [] : [Session.ending(ctx, actor.id, session)];
  await commit(ctx, {
    rows,
    audit: { object: session ?? actor.id },
    facts: [{ type: 'session.ended', subject: actor.id }],
  });
}
