import * as z from 'zod';
import * as Member from '../member/index.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { Status } from './schema.ts';

export const get = verb({
  name: 'mfa.get',
  summary: 'Whether the person has a second factor, what the app is called, and whether the tenant demands one.',
  needs: 'self',
  input: z.object({}),
  output: Status,
  run: async (ctx) => {
    const [{ mfa = false, app }, tenant] = await Promise.all([Member.personOf(ctx), Tenant.load(ctx)]);
    const required = tenant.mfaRequired && Member.leads(ctx.role);
    return { enabled: mfa, name: (mfa && app) || null, required };
  },
});
