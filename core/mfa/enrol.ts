import * as z from 'zod';
import { offerSecret } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { verb } from '../platform/verb.ts';

export const enrol = verb({
  name: 'mfa.enrol',
  summary:
    'A secret for an authenticator app, also as an address to draw as a QR code; it counts once it is confirmed.',
  needs: 'self',
  input: z.object({}),
  output: z.object({ secret: z.string(), uri: z.string() }),
  run: async (ctx) => {
    const [secret, { email }] = await Promise.all([offerSecret(ctx), Member.personOf(ctx)]);
    return { secret, uri: uriOf(secret, email) };
  },
});

/** As authenticator apps read it (the Key Uri Format of Google Authenticator); digits, period and hash are their defaults. */
const uriOf = (secret: string, email: string): string =>
  `otpauth://totp/${encodeURIComponent(`Scriptloom:${email}`)}?secret=${secret}&issuer=Scriptloom`;
