// Which place a tenant has: its tier, as its entry in the directory says, and the names that follow from it.

import { once } from '../../core/platform/once.ts';
import { type Naming, ownPlace, type Place, type Tier } from '../../core/platform/place.ts';
import type { FoundTier } from '../../core/tenant/directory.ts';
import { env } from './env.ts';

const naming = once(() => JSON.parse(env('PLACES')) as Naming);

/** Where tenants lie that have no place of their own. Asking for what the function was not granted throws. */
const pool: Place = {
  get core() {
    return env('CORE_TABLE');
  },
  get ephemeral() {
    return env('EPHEMERAL_TABLE');
  },
  get audit() {
    return env('AUDIT_TABLE');
  },
  get bucket() {
    return env('MEDIA_BUCKET');
  },
  get key() {
    return env('MODEL_KEY');
  },
};

/** Names of the tables, the bucket and the key of a tenant of that tier. */
export function placeOf(tenant: string, tier: Tier): Place {
  if (tier === 'pool') return pool;
  const own = ownPlace(naming(), tenant);
  if (tier === 'silo') return own;
  return Object.create(pool, { bucket: { value: own.bucket }, key: { value: own.key } });
}

/** Tiers this container knows. A tenant's is given when it is founded and stays. */
const known = new Map<string, Tier>();
const mostKnown = 10_000;

/**
 * The tier of a tenant: as `told` by who has read its entry, else as `read` from there when it is first asked for. One without an entry
 * lies in the pool, for now.
 */
export async function tierFor(
  tenant: string,
  told: Tier | undefined,
  read: () => Promise<FoundTier | undefined>,
): Promise<Tier> {
  const held = told ?? known.get(tenant);
  const { tier, stays } = held ? { tier: held, stays: true } : ((await read()) ?? { tier: 'pool', stays: false });
  if (stays && !known.has(tenant)) {
    if (known.size >= mostKnown) known.clear();
    known.set(tenant, tier);
  }
  return tier;
}
