import * as z from 'zod';
import { proveEmail } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import { tell } from '../platform/mail.ts';
import { verb } from '../platform/verb.ts';
import { changedMail } from './mail.ts';
import { Confirm } from './schema.ts';

export const confirm = verb({
  name: 'email.confirm',
  summary: 'Makes the new address count by its code; the old one is told.',
  needs: 'self',
  input: Confirm,
  output: z.object({ email: z.string() }),
  run: async (ctx, { code }) => {
    const { id } = ctx.actor;
    const { email: old } = await Member.personOf(ctx);
    const email = await proveEmail(ctx, code);
    // the rows of other tenants follow when the person signs in there next (core/member/let-in.ts)
    await commit(ctx, {
      rows: [Member.personMoving(ctx, id, email), Member.memberMoving(ctx, id, email)],
      audit: { object: id, before: { email: old }, after: { email } },
    });
    await tell(ctx.stores.mail, changedMail(old, email));
    return { email };
  },
});
