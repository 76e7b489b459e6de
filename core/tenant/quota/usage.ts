import * as z from 'zod';
import { verb } from '../../platform/verb.ts';
import { limitsOf } from '../plans.ts';
import { load } from '../store.ts';
import { limitOf, metrics, periodEnd, shareOf } from './metric.ts';
import { opened } from './move.ts';
import { find } from './store.ts';

/** `reserved`: held for work under way. Storage in bytes. `periodEnd`: epoch ms at which `used` begins anew; null where it does not. */
const Quota = z.object({
  quota: z.enum(metrics),
  limit: z.int(),
  used: z.int(),
  reserved: z.int(),
  remaining: z.int(),
  percent: z.number(),
  periodEnd: z.int().nullable(),
});

/** It writes nothing: a period that nobody has counted in is told as it would begin. */
export const usage = verb({
  name: 'tenant.usage',
  summary: 'What the organisation has used of each quota of its plan, what is held, and what is left.',
  needs: 'tenant:read',
  input: z.object({}),
  output: z.object({ plan: z.string(), quotas: z.array(Quota) }),
  run: async (ctx) => {
    const [tenant, ...rows] = await Promise.all([load(ctx), ...metrics.map((metric) => find(ctx, metric))]);
    const limits = limitsOf(tenant);
    const quotas = metrics.map((quota, at) => {
      const { limit, used, reserved, remaining } = rows[at] ?? opened(limitOf(quota, limits));
      const percent = shareOf(used, limit);
      const left = Math.max(0, remaining);
      return { quota, limit, used, reserved, remaining: left, percent, periodEnd: periodEnd(quota, ctx.now()) ?? null };
    });
    return { plan: tenant.plan, quotas };
  },
});
