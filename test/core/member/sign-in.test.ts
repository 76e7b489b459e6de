// Registering, signing in, refreshing, signing out where the address is believed at once (stage dev).
import { AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import { MembershipEntity, PersonEntity } from '../../../core/member/directory.ts';
import * as Member from '../../../core/member/index.ts';
import { DeleteCommand } from '../../../core/platform/dynamo/command.ts';
import * as Session from '../../../core/session/index.ts';
import { allRefused } from '../../kit/refused.ts';
import { anEmail, aPool, password, poolId } from '../../kit/sign-in.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('none');
});
afterAll(() => pool.stop());

const register = (email: string, more: object = {}) =>
  Member.register(pool.anyone, { email, password, name: '李砚', tenantName: '锦灯工作室', ...more });
const login = (email: string, secret = password) => Member.login(pool.anyone, { email, password: secret });

const as = (access: string) => pool.as(access);

describe('registering', () => {
  test('founds a tenant, signs its owner in, and the token says who that is', async () => {
    const email = anEmail();
    const { user, token, confirmationRequired } = await register(` ${email.toUpperCase()} `);
    expect(confirmationRequired).toBe(false);
    expect(user).toMatchObject({ email, name: '李砚', role: 'owner' });
    expect(user.tenantId).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    const ctx = await as(token?.access ?? '');
    expect(ctx).toMatchObject({ tenant: user.tenantId, role: 'owner', actor: { id: user.id } });
  });

  test('is the first sign-in of whoever is given a token: noted with the time, told once and listed', async () => {
    const { user, token } = await register(anEmail());
    const ctx = await as(token?.access ?? '');
    const { lastLogin } = await Member.me(ctx, {});
    expect(lastLogin).toBeGreaterThan(0);
    expect((await Member.list(ctx, {})).items).toMatchObject([{ id: user.id, lastLogin }]);
    const lines = (await Audit.list(ctx, { verb: 'member.login' })).items;
    expect(lines).toMatchObject([{ actor: user.id, session: ctx.session }]);
    expect((await Session.list(ctx, {})).items).toMatchObject([{ current: true }]);
  });

  test('an address that is registered is refused, with the right password too', async () => {
    const email = anEmail();
    await register(email);
    await expect(register(email)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    await expect(register(email, { password: 'Another-Pass-1!' })).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  test('two at the same moment make one tenant', async () => {
    const email = anEmail();
    const both = await Promise.allSettled([register(email), register(email)]);
    const made = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.user.tenantId] : []));
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(new Set(made).size).toBe(1);
  });

  test('one that was cut off is finished by registering again', async () => {
    const email = anEmail();
    const { user } = await register(email);
    // as if the process had died between Cognito and our commit
    const { client, table } = pool.stores.directory;
    await client.send(new DeleteCommand(PersonEntity.delete({ user: user.id ?? '' }).params({ table })));
    await expect(login(email)).rejects.toMatchObject({ code: 'REGISTRATION_UNFINISHED' });
    const again = await register(email);
    expect(again.user.id).toBe(user.id);
    expect(await login(email)).toMatchObject({ user: { tenantId: again.user.tenantId } });
  });

  test.each([
    [{ password: 'short' }, 'WEAK_PASSWORD'],
    [{ email: 'nobody' }, 'INVALID_REQUEST'],
    [{ name: '' }, 'INVALID_REQUEST'],
  ])('%o is refused: %s', async (change, code) => {
    await expect(register(anEmail(), change)).rejects.toMatchObject({ code });
  });
});

describe('signing in', () => {
  test('answers a token and who one is, and notes when', async () => {
    const email = anEmail();
    const { user: registered } = await register(email);
    const { user, token } = await login(email);
    expect(user).toEqual(registered);
    expect(token?.expiresIn).toBe(900);
    const me = await Member.me(await as(token?.access ?? ''), {});
    expect(me).toMatchObject({
      ...user,
      user,
      isActive: true,
      tenant: { id: user?.tenantId, name: '锦灯工作室', status: 'active' },
      plan: 'enterprise',
      credits: 0,
      quotaTotal: 10_240_000 * 1024 ** 2,
      quotaUsed: 0,
      quotaPercent: 0,
    });
    expect(me.lastLogin).toBeGreaterThan(0);
  });

  test('a wrong password and an unknown address are refused alike', async () => {
    const email = anEmail();
    await register(email);
    await allRefused([login(email, 'Wrong-Pass-2026!'), login(anEmail('nobody'))], {
      code: 'WRONG_CREDENTIALS',
      details: {},
    });
  });

  test('many wrong passwords lock for a while', async () => {
    const email = anEmail();
    await register(email);
    const codes: unknown[] = [];
    for (let at = 0; at < 7; at++) await login(email, 'Wrong-Pass-2026!').catch((error) => codes.push(error.code));
    expect(codes.at(-1)).toBe('TOO_MANY_ATTEMPTS');
  });

  test('somebody switched off is refused, with a refresh token too', async () => {
    const email = anEmail();
    const { user, token } = await register(email);
    await MembershipEntity.patch({ user: user.id ?? '', tenant: user.tenantId ?? '' })
      .set({ isActive: false })
      .go(pool.stores.directory);
    await expect(login(email)).rejects.toMatchObject({ code: 'MEMBER_INACTIVE' });
    await expect(Member.refresh(pool.anyone, { refresh: token?.refresh ?? '' })).rejects.toMatchObject({
      code: 'MEMBER_INACTIVE',
    });
  });
});

describe('a challenge', () => {
  /** As an administrator does who hands out a password for once. */
  async function mustChange(email: string): Promise<string> {
    const temporary = 'Temporary-2026!';
    await pool.admin.send(
      new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: email, Password: temporary, Permanent: false }),
    );
    return temporary;
  }

  test('comes instead of the token and is answered once', async () => {
    const email = anEmail();
    await register(email);
    const { challenge, token } = await login(email, await mustChange(email));
    expect([challenge?.name, token]).toEqual(['NEW_PASSWORD_REQUIRED', undefined]);
    const answer = {
      email,
      name: 'NEW_PASSWORD_REQUIRED' as const,
      session: challenge?.session ?? '',
      answer: password,
    };
    await expect(Member.challenge(pool.anyone, { ...answer, answer: 'weak' })).rejects.toMatchObject({
      code: 'WEAK_PASSWORD',
    });
    expect(await Member.challenge(pool.anyone, answer)).toMatchObject({ user: { email, role: 'owner' } });
    await expect(Member.challenge(pool.anyone, answer)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect(await login(email)).toMatchObject({ user: { email } });
  });
});

describe('refreshing and signing out', () => {
  test('a refresh token gives a new access token until it is revoked', async () => {
    const { token } = await register(anEmail());
    const refresh = token?.refresh ?? '';
    const next = await Member.refresh(pool.anyone, { refresh });
    expect(next.token.refresh).not.toBe(refresh);
    const ctx = await as(next.token.access);
    expect(await Member.logout(ctx, { refresh })).toEqual({ signedOut: true });
    for (const ended of [refresh, next.token.refresh])
      await expect(Member.refresh(pool.anyone, { refresh: ended })).rejects.toMatchObject({ code: 'INVALID_REFRESH' });
  });

  test('signing out without a refresh token ends every sign-in of the person', async () => {
    const email = anEmail();
    const { token } = await register(email);
    const { token: second } = await login(email);
    await Member.logout(await as(token?.access ?? ''), {});
    for (const refresh of [token?.refresh ?? '', second?.refresh ?? ''])
      await expect(Member.refresh(pool.anyone, { refresh })).rejects.toMatchObject({ code: 'INVALID_REFRESH' });
  });

  test('nonsense is no refresh token', async () => {
    await expect(Member.refresh(pool.anyone, { refresh: 'nonsense' })).rejects.toMatchObject({
      code: 'INVALID_REFRESH',
    });
  });
});
