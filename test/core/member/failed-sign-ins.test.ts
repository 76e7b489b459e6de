// What fails to prove a person who is not signed in: it is counted at the call, and told by the sweep to the organisations of whoever was meant.
import { AdminDisableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import { MembershipEntity } from '../../../core/member/directory.ts';
import { counting, tellFailedSignIns } from '../../../core/member/failed-sign-ins.ts';
import * as Member from '../../../core/member/index.ts';
import * as Password from '../../../core/password/index.ts';
import { actingFor, type Ctx, type Stores } from '../../../core/platform/ctx.ts';
import { QueryCommand } from '../../../core/platform/dynamo/command.ts';
import { Failure, type FailureCode } from '../../../core/platform/failure.ts';
import { due } from '../../../core/platform/reminder.ts';
import { anEmail, aPool, password, poolId } from '../../kit/sign-in.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('code');
});
afterAll(() => pool.stop());

const wrong = 'Wrong-Pass-2026!';
const register = (email: string, secret = password, more: object = {}) =>
  Member.register(pool.anyone, { email, password: secret, name: '李砚', ...more });
const login = (email: string, secret = password) => Member.login(pool.anyone, { email, password: secret });
const confirm = (email: string) => Member.confirm(pool.anyone, { email, code: pool.lastCode(email) });

/** Somebody who is registered, and the own organisation. */
async function someone(name?: string) {
  const email = anEmail(name);
  await register(email);
  await confirm(email);
  const { user, token } = await login(email);
  return {
    email,
    id: user?.id ?? '',
    tenant: user?.tenantId ?? '',
    access: token?.access,
    refresh: token?.refresh ?? '',
  };
}

const system = (tenant: string): Promise<Ctx> =>
  actingFor(pool.anyone, { tenant, role: 'owner', actor: { kind: 'system', id: 'sweep' } });

/** What the sweep does once they are due. */
async function told(stores: Stores = pool.stores): Promise<void> {
  const ctx = { ...(await system('')), stores, now: () => Date.now() + 120_000 };
  for await (const { kind, id, done } of due(ctx)) {
    if (kind !== 'sign_in') continue;
    await tellFailedSignIns(ctx, id);
    await done();
  }
}

/** The lines of a tenant, after the sweep. */
async function linesOf(tenant: string, verb = 'member.login_failed') {
  await told();
  return (await Audit.list(await system(tenant), { verb })).items;
}

describe('a sign-in that fails', () => {
  test('is told to the tenant of whoever was meant, with its count, and once', async () => {
    const { email, id, tenant } = await someone();
    for (let at = 0; at < 3; at++) await expect(login(email, wrong)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' }); // biome-ignore format: one thought
    await login(email);
    await told();
    const lines = await linesOf(tenant);
    expect(lines).toMatchObject([
      { actor: id, object: id, ip: '203.0.113.7', after: { refused: 'WRONG_CREDENTIALS', count: 3 } },
    ]);
    expect(JSON.stringify(lines)).not.toContain(email);
  });

  test('is told where the lines of that tenant lie, and nowhere else', async () => {
    const { email, id, tenant } = await someone();
    await expect(login(email, wrong)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    // the core table stands for an audit table of its own
    const own: Stores = { ...pool.stores, audit: pool.stores.core };
    await told({ ...pool.stores, of: async (one) => (one === tenant ? own : pool.stores) });
    expect(await linesOf(tenant)).toEqual([]);
    const { client, table } = pool.stores.core;
    const lines = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :line)',
        ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':line': 'AUDIT#aud' },
      }),
    );
    expect(lines.Items).toMatchObject([{ tenant, verb: 'member.login_failed', object: id }]);
  });

  test('of an address that nobody has is answered alike and told to nobody', async () => {
    const email = anEmail();
    await expect(login(email, wrong)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    const other = await someone();
    expect(await linesOf(other.tenant)).toEqual([]);
    await register(email);
    await confirm(email);
    const { user } = await login(email);
    expect(await linesOf(user?.tenantId ?? '')).toEqual([]);
  });

  test('for several reasons is a line for each, so that none hides another', async () => {
    const { email, tenant } = await someone();
    for (let at = 0; at < 7; at++) await expect(login(email, wrong)).rejects.toBeInstanceOf(Failure);
    const lines = (await linesOf(tenant)).map(({ after }) => [after?.refused, after?.count]);
    const counts = Object.fromEntries(lines);
    expect(Object.keys(counts).sort()).toEqual(['TOO_MANY_ATTEMPTS', 'WRONG_CREDENTIALS']);
    expect(counts.TOO_MANY_ATTEMPTS + counts.WRONG_CREDENTIALS).toBe(7);
  });

  test('with the right password, before the address is confirmed, is told too', async () => {
    const email = anEmail();
    await register(email);
    await expect(login(email)).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
    await confirm(email);
    const { user } = await login(email);
    expect(await linesOf(user?.tenantId ?? '')).toMatchObject([{ after: { refused: 'NOT_CONFIRMED', count: 1 } }]);
  });

  test('of somebody who was switched off is told to the tenants he is in', async () => {
    const { email, tenant } = await someone();
    await pool.admin.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: email }));
    await expect(login(email)).rejects.toMatchObject({ code: 'MEMBER_INACTIVE' });
    expect(await linesOf(tenant)).toMatchObject([{ after: { refused: 'MEMBER_INACTIVE', count: 1 } }]);
  });

  test('of somebody who was removed is told where he worked last, and to no other he was in', async () => {
    const [guest, studio] = [await someone('guest'), await someone('studio')];
    const { id } = guest;
    const inviting = await pool.as(studio.access);
    const { code } = await Invitation.create(inviting, { email: guest.email, role: 'editor' });
    await Invitation.accept(await pool.as(guest.access), { code });
    await Member.switchTenant(await pool.as(guest.access), { tenantId: studio.tenant, refresh: guest.refresh });
    for (const tenant of [guest.tenant, studio.tenant])
      await MembershipEntity.patch({ user: id, tenant }).set({ isActive: false }).go(pool.stores.directory);
    await expect(login(guest.email)).rejects.toMatchObject({ code: 'MEMBER_INACTIVE' });
    expect(await linesOf(studio.tenant)).toMatchObject([
      { actor: id, object: id, role: 'editor', after: { refused: 'MEMBER_INACTIVE', count: 1 } },
    ]);
    expect(await linesOf(guest.tenant)).toEqual([]);
  });

  test.each<[FailureCode, number]>([
    ['PASSWORD_RESET_REQUIRED', 1],
    ['SIGN_IN_UNAVAILABLE', 0],
    ['WEAK_PASSWORD', 0],
  ])('for %s leaves %i lines', async (code, count) => {
    const { email, tenant } = await someone();
    const failing = counting(pool.anyone, email, () => Promise.reject(new Failure(code)));
    await expect(failing).rejects.toMatchObject({ code });
    expect(await linesOf(tenant)).toHaveLength(count);
  });
});

describe('a registration', () => {
  test('that guesses the password of a taken address is told like a sign-in, and answered like that of a free one', async () => {
    const { email, id, tenant } = await someone();
    const seen = async (address: string) => {
      const began = performance.now();
      const answer = await register(address, wrong);
      return { ...answer, user: { ...answer.user, email: '' }, isEven: performance.now() - began >= 990 };
    };
    const [taken, again, free] = [await seen(email), await seen(email), await seen(anEmail('free'))];
    expect([taken, again]).toEqual([free, free]);
    expect(free.isEven).toBe(true);
    expect(await linesOf(tenant)).toMatchObject([
      { actor: id, object: id, ip: '203.0.113.7', after: { refused: 'WRONG_CREDENTIALS', count: 2 } },
    ]);
  });

  test('counts together with the sign-ins of that address', async () => {
    const { email, tenant } = await someone();
    await register(email, wrong);
    await expect(login(email, wrong)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect(await linesOf(tenant)).toMatchObject([{ after: { refused: 'WRONG_CREDENTIALS', count: 2 } }]);
  });

  test('of a free address, or again before the code, is no failure', async () => {
    const email = anEmail();
    await register(email);
    await register(email);
    await confirm(email);
    const { user } = await login(email);
    expect(await linesOf(user?.tenantId ?? '')).toEqual([]);
  });

  test('that takes somebody who was removed into an organisation of his own is no failure', async () => {
    const { email, id, tenant } = await someone();
    await MembershipEntity.patch({ user: id, tenant }).set({ isActive: false }).go(pool.stores.directory);
    const { user } = await register(email);
    for (const one of [tenant, user.tenantId ?? '']) expect(await linesOf(one)).toEqual([]);
  });
});

describe('a reset of the password', () => {
  const reset = (email: string, code: string) =>
    Password.reset(pool.anyone, { email, code, password: 'Quiet-Harbor-77?' });
  const other = (code: string) => (code === '123456' ? '654321' : '123456');

  test('with a wrong code is told by its own name, with its count; with the right one it is not', async () => {
    const { email, id, tenant } = await someone();
    await Password.forgot(pool.anyone, { email });
    const code = pool.lastCode(email);
    for (let at = 0; at < 2; at++)
      await expect(reset(email, other(code))).rejects.toMatchObject({ code: 'WRONG_CODE' });
    expect(await reset(email, code)).toEqual({ reset: true });
    const lines = await linesOf(tenant, 'password.reset_failed');
    expect(lines).toMatchObject([
      { actor: id, object: id, ip: '203.0.113.7', after: { refused: 'WRONG_CODE', count: 2 } },
    ]);
    expect(JSON.stringify(lines)).not.toContain(other(code));
    expect(await linesOf(tenant)).toEqual([]);
  });

  test('of an address that nobody has is told to nobody', async () => {
    const email = anEmail();
    await expect(reset(email, '123456')).rejects.toMatchObject({ code: 'WRONG_CODE' });
    await told();
    await register(email);
    await confirm(email);
    const { user } = await login(email);
    expect(await linesOf(user?.tenantId ?? '', 'password.reset_failed')).toEqual([]);
  });
});
