import * as z from 'zod';
import { openVerb } from '../platform/verb.ts';
import { refreshed } from './cognito.ts';
import { Refresh, Token } from './schema.ts';

export const refresh = openVerb({
  name: 'member.refresh',
  summary: 'New tokens for a refresh token.',
  input: Refresh,
  output: z.object({ token: Token }),
  run: async (ctx, input) => ({ token: await refreshed(ctx, input.refresh) }),
});
