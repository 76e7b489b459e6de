import * as z from 'zod';
import { verb } from '../platform/verb.ts';
import { revoke, signOutEverywhere } from './cognito.ts';
import { Logout } from './schema.ts';

export const logout = verb({
  name: 'member.logout',
  summary:
    'Ends the sign-in of a refresh token, or without one every sign-in of the person. Access tokens run out by themselves.',
  needs: 'self',
  input: Logout,
  output: z.object({ signedOut: z.literal(true) }),
  run: async (ctx, { refresh }) => {
    await (refresh === undefined ? signOutEverywhere(ctx, ctx.actor.id) : revoke(ctx, refresh));
    return { signedOut: true as const };
  },
});
