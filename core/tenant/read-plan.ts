import * as z from 'zod';
import { verb } from '../platform/verb.ts';
import { limitsOf, planOf } from './plans.ts';
import { load } from './store.ts';

/** `price`: hundredths of CNY for a month; null where it is by contract. */
const Plan = z.object({
  plan: z.string(),
  price: z.int().nullable(),
  limits: z.object({
    aiCalls: z.int(),
    storageMb: z.int(),
    members: z.int(),
    projects: z.int(),
    mcpServices: z.int(),
    requestsPerMinute: z.int(),
  }),
});

export const readPlan = verb({
  name: 'tenant.plan',
  summary: 'The plan of the organisation: its price and the limits that hold, with those of its contract.',
  needs: 'tenant:read',
  input: z.object({}),
  output: Plan,
  run: async (ctx) => {
    const tenant = await load(ctx);
    return { plan: tenant.plan, price: planOf(tenant.plan).price, limits: limitsOf(tenant) };
  },
});
