import * as z from 'zod';
import { sendResetCode } from '../identity/index.ts';
import { evenly } from '../platform/evenly.ts';
import { openVerb } from '../platform/verb.ts';
import { Forgot } from './schema.ts';

/** Milliseconds an answer takes at least: longer than Cognito takes to send a code, so that time does not tell whether it did. */
const least = 800;

export const forgot = openVerb({
  name: 'password.forgot',
  summary: 'Mails a code to set a new password with. The answer does not tell whether the address is registered.',
  input: Forgot,
  output: z.object({ sent: z.literal(true) }),
  run: (ctx, { email }) =>
    evenly(least, async () => {
      await sendResetCode(ctx, email);
      return { sent: true as const };
    }),
});
