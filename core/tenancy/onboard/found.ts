// The tenant's own rows, in its place: what it is, and its quotas. Nobody has a seat yet; the invitation of the owner takes the first.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import * as Tenant from '../../tenant/index.ts';
import type { Onboarding } from '../onboarding.ts';

export async function found(ctx: Ctx, { name, subdomain, plan, contract = {}, locale }: Onboarding): Promise<void> {
  if (await Tenant.find(ctx)) return;
  const tenant = { name, subdomain, plan, contract, locale, status: 'onboarding' } as const;
  await commit(ctx, {
    rows: Tenant.settling(ctx, tenant, 0),
    audit: { object: ctx.tenant, after: { name, plan, subdomain: subdomain ?? null, status: 'onboarding' } },
  });
}
