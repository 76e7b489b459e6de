// Proving the e-mail address by the code that was mailed to it.
import * as z from 'zod';
import { confirmSignUp, resendCode } from '../identity/index.ts';
import { evenly } from '../platform/evenly.ts';
import { openVerb } from '../platform/verb.ts';
import { Confirm, Resend } from './schema.ts';

/** Milliseconds an answer takes at least: longer than Cognito takes to send or to try a code, so that time does not tell whether it did. */
const least = 800;

export const confirm = openVerb({
  name: 'member.confirm',
  summary:
    'Confirms the e-mail by its code; after it one can sign in. A refusal does not tell whether the address is registered.',
  input: Confirm,
  output: z.object({ confirmed: z.literal(true) }),
  run: (ctx, { email, code }) =>
    evenly(least, async () => {
      await confirmSignUp(ctx, email, code);
      return { confirmed: true as const };
    }),
});

export const resend = openVerb({
  name: 'member.resend',
  summary: 'Mails a new code. The answer does not tell whether the address is registered.',
  input: Resend,
  output: z.object({ sent: z.literal(true) }),
  run: (ctx, { email }) =>
    evenly(least, async () => {
      await resendCode(ctx, email);
      return { sent: true as const };
    }),
});
