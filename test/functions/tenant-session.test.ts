// Sessions of tenants in a container: taken once for all who wait, renewed in time, fresh where they sign addresses.
import { describe, expect, test } from 'vitest';
import { recent } from '../../functions/runtime/recent.ts';
import { type Session, tenantSession } from '../../functions/runtime/tenant-session.ts';

const minute = 60_000;

/** A session whose clock and STS are in the hands of the test. */
function aSession(fails: (taken: number) => boolean = () => false) {
  let [now, taken] = [1_000_000, 0];
  const take = async (): Promise<Session> => {
    taken++;
    if (fails(taken)) throw new Error('no session');
    const keys = { accessKeyId: `k${taken}`, secretAccessKey: 's', sessionToken: 't' };
    return { ...keys, expiration: new Date(now + 60 * minute) };
  };
  const session = tenantSession('01h00000000000000000000001', take, () => now);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { session, taken: () => taken, pass };
}

test('is taken once for all who wait, and used until five minutes before its end', async () => {
  const { session, taken, pass } = aSession();
  const keys = await Promise.all([session.credentials(), session.credentials(), session.signedSeconds()]);
  expect([taken(), keys[0], keys[2]]).toEqual([1, keys[1], 3600]);
  pass(54 * minute);
  await session.credentials();
  expect(taken()).toBe(1);
  pass(minute);
  const renewed = await Promise.all([session.credentials(), session.credentials()]);
  expect([taken(), renewed.map(({ accessKeyId }) => accessKeyId)]).toEqual([2, ['k2', 'k2']]);
});

test('is taken anew to sign an address when it is over a minute old, and is then the one that counts', async () => {
  const { session, taken, pass } = aSession();
  await session.credentials();
  pass(minute);
  expect([await session.signedSeconds(), taken()]).toEqual([3540, 1]);
  pass(1);
  expect([await session.signedSeconds(), taken()]).toEqual([3600, 2]);
  expect((await session.credentials()).accessKeyId).toBe('k2');
});

test('that could not be taken is asked for again the next time', async () => {
  const { session, taken } = aSession((count) => count === 1);
  await expect(Promise.all([session.credentials(), session.credentials()])).rejects.toThrow('no session');
  expect([(await session.credentials()).accessKeyId, taken()]).toEqual(['k2', 2]);
});

test('is taken for a tenant and nothing else', async () => {
  for (const name of ['', '*', 'tenant', '01H00000000000000000000001', '01h0000000000000000000000#'])
    await expect(tenantSession(name).credentials()).rejects.toThrow('a session is taken for a tenant');
});

describe('of many tenants', () => {
  test('those are kept that were used last', () => {
    const made: string[] = [];
    const of = recent(2, (name) => made.push(name));
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) of(name);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});
