import * as z from 'zod';
import { acceptApp } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import { tell } from '../platform/mail.ts';
import { verb } from '../platform/verb.ts';
import { isCounting } from './counting.ts';
import { replacedMail } from './mail.ts';
import { Confirm } from './schema.ts';

export const confirm = verb({
  name: 'mfa.confirm',
  summary:
    'Makes the authenticator app count, by a code it shows; from then on sign-in asks for one. Whose app was replaced is told by mail.',
  needs: 'self',
  input: Confirm,
  output: z.object({ enabled: z.literal(true) }),
  run: async (ctx, { code, name }) => {
    const person = await Member.personOf(ctx);
    const isReplaced = await isCounting(ctx, person);
    await acceptApp(ctx, { code, name });
    const { id } = ctx.actor;
    await commit(ctx, {
      rows: [Member.withApp(ctx, id, name), Member.seen(ctx, id, undefined)],
      audit: { object: id, after: { mfa: true, app: name } },
    });
    if (isReplaced) await tell(ctx.stores.mail, replacedMail(person.email));
    return { enabled: true as const };
  },
});
