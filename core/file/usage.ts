import * as z from 'zod';
import { throughout } from '../platform/reach.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';

export const usage = verb({
  name: 'file.usage',
  summary: 'Storage of the tenant in bytes: total, used, available, percent. Announced uploads count.',
  needs: 'file:read',
  input: z.object({}),
  output: Tenant.Storage,
  run: async (ctx) => {
    throughout(ctx);
    return Tenant.storage(ctx);
  },
});
