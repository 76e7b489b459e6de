import * as z from 'zod';
import { changePassword, mustBeStrong } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import { tell } from '../platform/mail.ts';
import { verb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { changedMail } from './mail.ts';
import { Change } from './schema.ts';

export const change = verb({
  name: 'password.change',
  summary: 'Sets a new password by the current one, and ends the other sign-ins of the person; this one goes on.',
  needs: 'self',
  input: Change,
  output: z.object({ changed: z.literal(true) }),
  run: async (ctx, { current, password }) => {
    const { id } = ctx.actor;
    const { email, name } = await Member.personOf(ctx);
    mustBeStrong(password, { email, name });
    await changePassword(ctx, { current, wanted: password });
    await commit(ctx, {
      rows: await Session.endingAll(ctx, id, ctx.session),
      audit: { object: id },
      facts: [{ type: 'session.ended', subject: id }],
    });
    await tell(ctx.stores.mail, changedMail(email));
    return { changed: true as const };
  },
});
