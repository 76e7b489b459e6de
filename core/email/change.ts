import * as z from 'zod';
import { mustReachAccount, prove, wantEmail } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { evenly } from '../platform/evenly.ts';
import { Failure } from '../platform/failure.ts';
import { tell } from '../platform/mail.ts';
import { noteAlone } from '../platform/note.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { takenMail } from './mail.ts';
import { Change } from './schema.ts';

/** Milliseconds an answer takes at least where a code is mailed: longer than either way of it. */
const least = 1_000;

export const change = verb({
  name: 'email.change',
  summary: 'Mails a code to the new address, by the password; the old one counts until the code comes back.',
  needs: 'self',
  input: Change,
  output: z.object({ sent: z.literal(true) }),
  run: async (ctx, { email, password }) => {
    mustReachAccount(ctx);
    const person = await Member.personOf(ctx);
    if (person.email === email)
      throw new Failure('CONFLICT', { reason: words('这已是当前邮箱', 'it is your address already') });
    await prove(ctx, { email: person.email, password });
    // the same line for an address that somebody has
    await noteAlone(ctx, { object: ctx.actor.id, before: { email: person.email }, after: { wanted: email } });
    await (ctx.stores.pool.confirms ? evenly(least, () => alike(ctx, email)) : wantEmail(ctx, email));
    return { sent: true as const };
  },
});

/** An address that somebody has is answered like a free one; its owner is told. */
async function alike(ctx: Ctx, email: string): Promise<void> {
  try {
    await wantEmail(ctx, email);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'EMAIL_TAKEN') throw error;
    await tell(ctx.stores.mail, takenMail(email));
  }
}
