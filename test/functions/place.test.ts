// Where a tenant lies: its tier is read when it is first asked for, and kept once it stays; names follow from it.
import { beforeAll, describe, expect, test } from 'vitest';
import { newTenantId } from '../../core/platform/id.ts';
import type { Tier } from '../../core/platform/place.ts';
import type { FoundTier } from '../../core/tenant/directory.ts';
import { placeOf, tierFor } from '../../functions/runtime/place.ts';

const aTenant = () => newTenantId(Date.now());

/** Asks for a tier; the directory answers one after the other of `entries`, the last one for ever. Tells how often it was read. */
function asking(tenant: string, ...entries: (FoundTier | undefined)[]) {
  let reads = 0;
  const read = () => Promise.resolve(entries[Math.min(reads++, entries.length - 1)]);
  return { ask: (told?: Tier) => tierFor(tenant, told, read), reads: () => reads };
}

describe('a tier', () => {
  test('is read once, whoever asks after that', async () => {
    const { ask, reads } = asking(aTenant(), { tier: 'silo', stays: true });
    expect([await ask(), await ask(), await ask()]).toEqual(['silo', 'silo', 'silo']);
    expect(reads()).toBe(1);
  });

  test('that the authorizer has told is not read at all', async () => {
    const { ask, reads } = asking(aTenant(), undefined);
    expect([await ask('pool'), await ask()]).toEqual(['pool', 'pool']);
    expect(reads()).toBe(0);
  });

  test('is the pool while there is no entry, and what an onboarding says may change until it is done', async () => {
    const [first, second] = [
      { tier: 'silo', stays: false },
      { tier: 'bridge', stays: true },
    ] as const;
    const { ask } = asking(aTenant(), undefined, first, undefined, second);
    expect([await ask(), await ask(), await ask(), await ask(), await ask()]).toEqual([
      'pool',
      'silo',
      'pool',
      'bridge',
      'bridge',
    ]);
  });
});

describe('a place', () => {
  const pool = { CORE_TABLE: 'c', EPHEMERAL_TABLE: 'e', AUDIT_TABLE: 'a', MEDIA_BUCKET: 'm', MODEL_KEY: 'k' };
  beforeAll(() => {
    Object.assign(process.env, pool, { PLACES: JSON.stringify({ stage: 'dev', account: '000000000000' }) });
  });
  const named = (tenant: string, tier: Tier) => {
    const { core, ephemeral, audit, bucket, key } = placeOf(tenant, tier);
    return { core, ephemeral, audit, bucket, key };
  };

  test('is the pool’s, or the bucket and key of a bridge, or all of a silo’s', () => {
    const tenant = aTenant();
    const own = `scriptloom-dev-${tenant}`;
    const apart = { bucket: `${own}-000000000000`, key: `alias/${own}` };
    const tables = { core: 'c', ephemeral: 'e', audit: 'a' };
    expect(named(tenant, 'pool')).toEqual({ ...tables, bucket: 'm', key: 'k' });
    expect(named(tenant, 'bridge')).toEqual({ ...tables, ...apart });
    const ownTables = { core: `${own}-core`, ephemeral: `${own}-ephemeral`, audit: `${own}-audit` };
    expect(named(tenant, 'silo')).toEqual({ ...ownTables, ...apart });
  });

  test('asks for no more of the pool than the function was granted', () => {
    delete process.env.MEDIA_BUCKET;
    expect(placeOf(aTenant(), 'pool').core).toBe('c');
    expect(() => placeOf(aTenant(), 'pool').bucket).toThrow('MEDIA_BUCKET is not granted');
    expect(placeOf(aTenant(), 'bridge').bucket).toContain('scriptloom-dev-');
  });
});
