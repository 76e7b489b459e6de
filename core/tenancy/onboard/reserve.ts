// The names are taken: the entry that says that the tenant is being set up, its place in the list, and its subdomain. All or nothing.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import * as Tenant from '../../tenant/index.ts';
import type { Onboarding } from '../onboarding.ts';

/** Throws SUBDOMAIN_TAKEN; PLACE_TAKEN where the id is another tenant's. What this onboarding has taken already stays its own. */
export async function reserve(ctx: Ctx, { name, plan, contract, subdomain, tier, opened }: Onboarding): Promise<void> {
  const known = await Tenant.findEntry(ctx, ctx.tenant);
  if (known && (opened || known.status === 'onboarding')) return;
  if (known) throw new Failure('PLACE_TAKEN', { place: ctx.tenant });
  const entry = { tenant: ctx.tenant, name, plan, contract, status: 'onboarding', mfaRequired: false } as const;
  await commit(ctx, {
    rows: [
      ...(subdomain === undefined ? [] : [Tenant.takingSubdomain(ctx, subdomain)]),
      Tenant.entering(ctx, { ...entry, ...(tier !== 'pool' && { tier }) }),
      Tenant.listing(ctx),
    ],
  });
}
