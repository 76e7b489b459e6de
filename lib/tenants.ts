// Tenants with a place of their own, stage by stage. A line here and `cdk deploy` make the place; onboarding gives it to the tenant.
import { isTenantId, platformTenant } from '../core/platform/id.ts';
import type { Tier } from '../core/platform/place.ts';
import type { Stage } from './config.ts';

export type OwnPlace = {
  /** Id that the tenant will have: a lower-case ULID, never one that was used. */
  readonly tenant: string;
  readonly tier: Exclude<Tier, 'pool'>;
};

export const tenants: Readonly<Record<Stage, readonly OwnPlace[]>> = {
  // one of each stands ready, to be tried at one's desk
  local: [
    { tenant: '01m8fq7700z8e40kzv70c0tkqr', tier: 'bridge' },
    { tenant: '01m8fq91k0mrfp9q97sfdvxdf5', tier: 'silo' },
  ],
  dev: [],
  prod: [],
};

/** The places as they are, if each has an id that a tenant can have and none stands twice. Throws naming the one that is wrong. */
export function checked(places: readonly OwnPlace[]): readonly OwnPlace[] {
  for (const [at, { tenant }] of places.entries()) {
    if (!isTenantId(tenant) || tenant === platformTenant)
      throw new Error(`lib/tenants.ts: "${tenant}" can be no tenant's id: a lower-case ULID.`);
    if (places.findIndex((one) => one.tenant === tenant) !== at)
      throw new Error(`lib/tenants.ts: ${tenant} has two places.`);
  }
  return places;
}
