import * as z from 'zod';
import { mustBeStrong, setByCode, signOutEverywhere, userOf } from '../identity/index.ts';
import { counting } from '../member/failed-sign-ins.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { tell } from '../platform/mail.ts';
import { openVerb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { changedMail } from './mail.ts';
import { Reset } from './schema.ts';

export const reset = openVerb({
  name: 'password.reset',
  summary: 'Sets a new password by the code of the mail, and ends every sign-in of the person.',
  input: Reset,
  output: z.object({ reset: z.literal(true) }),
  run: async (ctx, asked) => {
    mustBeStrong(asked.password, asked);
    await counting(ctx, asked.email, () => setByCode(ctx, asked), 'password.reset_failed');
    await endAll(ctx, asked.email);
    await tell(ctx.stores.mail, changedMail(asked.email));
    return { reset: true as const };
  },
});

/** Whoever knew the old password is out from here on. */
async function endAll(open: OpenCtx, email: string): Promise<void> {
  const user = await userOf(open, email);
  if (!user) return;
  await signOutEverywhere(open, user.id);
  const entry = await Member.entryOf(open, user.id);
  if (!entry) return;
  const ctx = await Member.acting(open, entry, 'password.reset');
  await commit(ctx, {
    rows: await Session.endingAll(ctx, user.id),
    audit: { object: user.id },
    facts: [{ type: 'session.ended', subject: user.id }],
  });
}
