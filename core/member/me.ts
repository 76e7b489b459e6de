import * as z from 'zod';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { Me } from './schema.ts';
import { load } from './store.ts';

export const me = verb({
  name: 'member.me',
  summary: 'The person who asks, with role, tenant, plan, credits and storage (bytes).',
  needs: 'self',
  input: z.object({}),
  output: Me,
  run: async (ctx) => {
    const [row, tenant, storage] = await Promise.all([load(ctx, ctx.actor.id), Tenant.load(ctx), Tenant.storage(ctx)]);
    const { total, used, percent } = storage;
    const user = { id: row.id, email: row.email, name: row.name, tenantId: ctx.tenant, role: row.role };
    return {
      ...user,
      user,
      isActive: row.isActive,
      lastLogin: row.lastLogin ?? null,
      tenant: Tenant.shown(tenant),
      plan: tenant.plan,
      credits: Tenant.planOf(tenant.plan).credits,
      quotaTotal: total,
      quotaUsed: used,
      quotaPercent: percent,
    };
  },
});
