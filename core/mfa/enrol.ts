import * as z from 'zod';
import { mustReachAccount, offerSecret, prove } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { noteAlone } from '../platform/note.ts';
import { parsed, verb } from '../platform/verb.ts';
import { isCounting } from './counting.ts';
import { Disable, Enrol } from './schema.ts';

export const enrol = verb({
  name: 'mfa.enrol',
  summary:
    'A secret for an authenticator app, also as an address to draw as a QR code; it counts once it is confirmed. Where an app counts already, it is replaced by the password and a code of it.',
  needs: 'self',
  input: Enrol,
  output: z.object({ secret: z.string(), uri: z.string() }),
  run: async (ctx, asked) => {
    mustReachAccount(ctx);
    const person = await Member.personOf(ctx);
    const { email } = person;
    // who came by a token alone does not get past the second factor with an app of his own
    const replaces = await isCounting(ctx, person);
    if (replaces) await prove(ctx, { email, ...parsed(ctx, Disable, asked) });
    const secret = await offerSecret(ctx);
    await noteAlone(ctx, { object: ctx.actor.id, after: { replaces } });
    return { secret, uri: uriOf(secret, email) };
  },
});

/** As authenticator apps read it (the Key Uri Format of Google Authenticator); digits, period and hash are their defaults. */
const uriOf = (secret: string, email: string): string =>
  `otpauth://totp/${encodeURIComponent(`Scriptloom:${email}`)}?secret=${secret}&issuer=Scriptloom`;
