// Rates on the real table: containers share one limit, tenants and members do not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admit } from '../../../core/limit/admit.ts';
import { type Limiter, limitsOfCall } from '../../../core/limit/index.ts';
import type { Limited } from '../../../core/limit/rate.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
/** The clock stands: what comes, comes at one moment. */
let now: number;
beforeAll(async () => {
  t = await aTenant();
  now = t.anyone.now();
});
afterAll(() => t.stop());

const at = (tenant: string) => ({ now: () => now, on: t.stores.ephemeral, tenant });
const mustNotFail = (error: unknown) => {
  throw error;
};
/** How many of so many calls come in. */
async function come(calls: number, limiter: Limiter, tenant: string, limits: readonly Limited[]) {
  let admitted = 0;
  for (let call = 0; call < calls; call++)
    await admit(at(tenant), limiter, limits, mustNotFail).then(
      () => admitted++,
      (error: unknown) => expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429 }),
    );
  return admitted;
}
const member = (tenant: string, id: string, limit: number) =>
  limitsOfCall({ tenant, actor: { kind: 'user', id } }, limit);

describe('a tenant that sends more than its plan', () => {
  test('is stopped at the limit, in all containers together; another tenant is not', async () => {
    const [one, two]: Limiter[] = [new Map(), new Map()];
    const { tenant } = t.ctx;
    const first = await come(40, one!, tenant, [{ of: 'tenant', id: tenant, limit: 50 }]);
    const second = await come(40, two!, tenant, [{ of: 'tenant', id: tenant, limit: 50 }]);
    expect(first).toBe(40);
    expect(first + second).toBeGreaterThanOrEqual(48);
    expect(first + second).toBeLessThanOrEqual(50);
    const other = t.other.tenant;
    expect(await come(10, two!, other, [{ of: 'tenant', id: other, limit: 50 }])).toBe(10);
  });

  test('is told what to do, when to come again, and how much is left before', async () => {
    const limiter: Limiter = new Map();
    const tenant = 'told';
    const told = await admit(at(tenant), limiter, [{ of: 'key', id: 'k', limit: 2 }], mustNotFail);
    expect(told).toEqual({ limit: 2, remaining: 1, reset: 60 });
    await admit(at(tenant), limiter, [{ of: 'key', id: 'k', limit: 2 }], mustNotFail);
    const refused = await admit(at(tenant), limiter, [{ of: 'key', id: 'k', limit: 2 }], mustNotFail).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', details: { limit: 2, of: 'key' } });
    const { retry_after: wait } = (refused as { details: { retry_after: number } }).details;
    expect(wait).toBeGreaterThanOrEqual(60);
    expect(wait).toBeLessThanOrEqual(62);
  });
});

test('one member cannot use up what the tenant has: the others have their part, refused calls cost nothing', async () => {
  const limiter: Limiter = new Map();
  const tenant = `${t.ctx.tenant}-fair`;
  expect(await come(100, limiter, tenant, member(tenant, 'greedy', 50))).toBe(30);
  const modest = await come(15, limiter, tenant, member(tenant, 'modest', 50));
  expect(modest).toBe(15);
});

test('one member who comes with all he has at once is stopped himself, not his colleagues', async () => {
  const limiter: Limiter = new Map();
  const tenant = `${t.ctx.tenant}-burst`;
  expect(await come(150, limiter, tenant, member(tenant, 'greedy', 300))).toBe(50);
  expect(await come(20, limiter, tenant, member(tenant, 'modest', 300))).toBe(20);
});

test('the limit that is told is the one that will stop him first', async () => {
  const tenant = `${t.ctx.tenant}-narrow`;
  const limits = limitsOfCall({ tenant, actor: { kind: 'key', id: 'k' } }, 3000, 40);
  expect(await admit(at(tenant), new Map(), limits, mustNotFail)).toMatchObject({ limit: 40, remaining: 39 });
});

test('a table that does not answer stops nobody', async () => {
  const failures: unknown[] = [];
  const silent = { ...at('silent'), on: { ...t.stores.ephemeral, table: 'nowhere' } };
  const limits = member('silent', 'a', 1);
  for (let call = 0; call < 3; call++)
    expect(await admit(silent, new Map(), limits, (error) => failures.push(error))).toBeUndefined();
  expect(failures).toHaveLength(3);
});
