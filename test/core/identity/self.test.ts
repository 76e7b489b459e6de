// What people do about their own sign-in: sessions, password, second factor, address. On the real pool and tables.
import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Email from '../../../core/email/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import { MembershipEntity } from '../../../core/member/directory.ts';
import * as Member from '../../../core/member/index.ts';
import { joining, seen } from '../../../core/member/store.ts';
import * as Mfa from '../../../core/mfa/index.ts';
import * as Password from '../../../core/password/index.ts';
import { AuditRow } from '../../../core/platform/audit.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { TransactWriteCommand } from '../../../core/platform/dynamo/command.ts';
import * as Session from '../../../core/session/index.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { codeAt } from '../../../local/cognito/totp.ts';
import { anEmail, aPool, clientId, password } from '../../kit/sign-in.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('none');
});
afterAll(() => pool.stop());

const another = 'Quiet-Harbor-77?';

/** Somebody registered, signed in. */
const someone = async (name = '李砚') => {
  const email = anEmail('self');
  await Member.register(pool.anyone, { email, password, name });
  const signIn = async (secret = password) => {
    const { token } = await Member.login(pool.anyone, { email, password: secret });
    if (!token) throw new Error('a challenge came');
    return token;
  };
  return { email, signIn, ...(await pool.forAccount(await signIn())) };
};

/** The audit lines of a person. */
const linesOf = async (ctx: Ctx) => {
  const { data } = await AuditRow.query.byActor({ tenant: ctx.tenant, actor: ctx.actor.id }).go(ctx.stores.audit);
  return data;
};

/** Verbs of the audit lines of a person. */
const audited = async (ctx: Ctx) => (await linesOf(ctx)).map(({ verb }) => verb);

describe('sessions', () => {
  test('are listed with device and time, and say which one asks', async () => {
    const { ctx, signIn } = await someone();
    await signIn();
    const { items } = await Session.list(ctx, {});
    // that of the registration is one of them
    expect(items.length).toBe(3);
    expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual([ctx.session]);
    expect(items[0]).toMatchObject({ firstSeen: expect.any(Number), lastSeen: expect.any(Number) });
  });

  test('one is ended: its access token and its refresh token are refused, the others go on', async () => {
    const { ctx, token, signIn } = await someone();
    const other = await signIn();
    const { session = '' } = await pool.as(other.access);
    expect(await Session.end(ctx, { id: session })).toEqual({ ended: true });
    expect(await pool.refused(other.access)).toBe(true);
    await expect(Member.refresh(pool.anyone, { refresh: other.refresh })).rejects.toMatchObject({
      code: 'INVALID_REFRESH',
    });
    expect(await pool.refused(token.access)).toBe(false);
    await expect(Session.end(ctx, { id: session })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await audited(ctx)).toContain('session.end');
  });

  test('of somebody else are not there', async () => {
    const [one, other] = [await someone(), await someone()];
    await expect(Session.end(one.ctx, { id: other.ctx.session ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await pool.refused(other.token.access)).toBe(false);
  });

  test('logging out here refuses the access token too', async () => {
    const { ctx, token, signIn } = await someone();
    const other = await signIn();
    await Member.logout(ctx, { refresh: token.refresh });
    expect([await pool.refused(token.access), await pool.refused(other.access)]).toEqual([true, false]);
  });

  test('logging out everywhere refuses those too that nobody has seen yet', async () => {
    const email = anEmail('unseen');
    const { token: unseen } = await Member.register(pool.anyone, { email, password, name: '李砚' });
    const { token } = await Member.login(pool.anyone, { email, password });
    await Member.logout(await pool.as(token?.access), {});
    expect([await pool.refused(unseen?.access), await pool.refused(token?.access)]).toEqual([true, true]);
    const { token: again } = await Member.login(pool.anyone, { email, password });
    expect(await pool.refused(again?.access)).toBe(false);
  });

  test('a refresh token that comes again after its grace ends the sign-in', async () => {
    const { token } = await someone();
    const next = await Member.refresh(pool.anyone, { refresh: token.refresh });
    const retried = await Member.refresh(pool.anyone, { refresh: token.refresh });
    expect(await pool.refused(retried.token.access)).toBe(false);
    pool.pass(10_001);
    await expect(Member.refresh(pool.anyone, { refresh: token.refresh })).rejects.toMatchObject({
      code: 'REFRESH_REUSED',
    });
    expect(await pool.refused(next.token.access)).toBe(true);
    await expect(Member.refresh(pool.anyone, { refresh: next.token.refresh })).rejects.toMatchObject({
      code: 'INVALID_REFRESH',
    });
  });
});

describe('when somebody last signed in', () => {
  /** What the organisation is told of a person. */
  const lastLogin = async (ctx: Ctx, id: string) =>
    (await Member.list(ctx, {})).items.find((one) => one.id === id)?.lastLogin;

  test('is told of who comes by the hosted login alone too, from the first call of that sign-in on', async () => {
    const { email, ctx } = await someone();
    const before = (await lastLogin(ctx, ctx.actor.id)) ?? 0;
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const signIn = new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    const { AuthenticationResult } = await pool.admin.send(signIn);
    const hosted = await pool.as(AuthenticationResult?.AccessToken);
    const first = (await lastLogin(ctx, ctx.actor.id)) ?? 0;
    expect(first).toBeGreaterThan(before);
    await pool.as(AuthenticationResult?.AccessToken);
    expect(await lastLogin(hosted, ctx.actor.id)).toBe(first);
  });

  test('is told where a token was asked for another organisation: it can then reset a second factor that was shown there', async () => {
    const { ctx } = await someone();
    const guest = await someone();
    const { id } = guest.ctx.actor;
    await commit(ctx, { rows: joining(ctx, { id, email: guest.email, name: '李砚', role: 'editor' }) });
    expect(await lastLogin(ctx, id)).toBeNull();
    await expect(Mfa.reset(ctx, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { token } = await Member.refresh(pool.anyone, { refresh: guest.token.refresh, tenantId: ctx.tenant });
    await pool.as(token.access);
    expect(await lastLogin(ctx, id)).toBeGreaterThan(0);
    await expect(Mfa.reset(ctx, { id })).rejects.toMatchObject({ code: 'MFA_OF_MANY' });
  });
});

describe('the password', () => {
  test('is changed by the current one; other sign-ins end, this one goes on, the owner is told', async () => {
    const { email, ctx, token, signIn } = await someone();
    const other = await signIn();
    await expect(Password.change(ctx, { current: 'Wrong-Pass-2026!', password: another })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    expect(await Password.change(ctx, { current: password, password: another })).toEqual({ changed: true });
    expect([await pool.refused(token.access), await pool.refused(other.access)]).toEqual([false, true]);
    await expect(signIn()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    await signIn(another);
    expect(pool.toldTo(email)).toEqual([expect.stringContaining('密码已修改')]);
  });

  test.each([
    ['Password123!', /common/],
    ['李砚-Qx9z!harbor', /name/],
    ['short', /long/],
  ])('%s is too weak to change to', async (weak, reason) => {
    const { ctx } = await someone();
    await expect(Password.change(ctx, { current: password, password: weak })).rejects.toMatchObject({
      code: 'WEAK_PASSWORD',
      details: { reason: { en: expect.stringMatching(reason) } },
    });
  });

  test('that is common is refused at registration too', async () => {
    const asked = { email: anEmail(), password: 'P@ssw0rd2026!', name: 'x' };
    await expect(Member.register(pool.anyone, asked)).rejects.toMatchObject({ code: 'WEAK_PASSWORD' });
  });

  test('is set anew by a code when it is forgotten; every sign-in ends', async () => {
    const { email, token, signIn } = await someone();
    expect(await Password.forgot(pool.anyone, { email })).toEqual({ sent: true });
    const code = pool.lastCode(email);
    const wrong = code === '123456' ? '654321' : '123456';
    await expect(Password.reset(pool.anyone, { email, code: wrong, password: another })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    });
    await expect(Password.reset(pool.anyone, { email, code, password: 'Welcome@2026' })).rejects.toMatchObject({
      code: 'WEAK_PASSWORD',
    });
    expect(await Password.reset(pool.anyone, { email, code, password: another })).toEqual({ reset: true });
    expect(await pool.refused(token.access)).toBe(true);
    await expect(Member.refresh(pool.anyone, { refresh: token.refresh })).rejects.toMatchObject({
      code: 'INVALID_REFRESH',
    });
    await signIn(another);
    await expect(Password.reset(pool.anyone, { email, code, password: another })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    });
  });

  test('of an address nobody has is answered alike', async () => {
    const email = anEmail('nobody');
    expect(await Password.forgot(pool.anyone, { email })).toEqual({ sent: true });
    await expect(Password.reset(pool.anyone, { email, code: '123456', password: another })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    });
  });
});

/** Enrols an app; answers how to make its codes, each of a new time step. */
async function withApp(ctx: Ctx) {
  const { secret, uri } = await Mfa.enrol(ctx, {});
  const code = () => {
    pool.pass(30_000);
    return codeAt(secret, pool.now());
  };
  const wrong = () => codeAt(secret, pool.now() + 3_600_000);
  await expect(Mfa.confirm(ctx, { code: wrong(), name: 'phone' })).rejects.toMatchObject({ code: 'WRONG_CODE' });
  expect(await Mfa.confirm(ctx, { code: code(), name: '我的手机' })).toEqual({ enabled: true });
  return { uri, code, wrong };
}

/** The tenant demands a second factor of those who lead it, or does not any more. */
const demanded = async (ctx: Ctx, mfaRequired: boolean) => {
  const { version } = await Tenant.load(ctx);
  await Tenant.update(ctx, { version, mfaRequired });
};

describe('the second factor', () => {
  test('is enrolled, asked for at the next sign-in, and switched off by password and code', async () => {
    const { email, ctx } = await someone();
    const { uri, code, wrong } = await withApp(ctx);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Scriptloom%3A[^?]+\?secret=[A-Z2-7]+&issuer=Scriptloom$/);
    expect(await Mfa.get(ctx, {})).toEqual({ enabled: true, name: '我的手机', required: false });
    const { challenge, token } = await Member.login(pool.anyone, { email, password });
    expect([challenge?.name, token]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
    const answer = { email, name: 'SOFTWARE_TOKEN_MFA' as const, session: challenge?.session ?? '' };
    await expect(Member.challenge(pool.anyone, { ...answer, answer: wrong() })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    });
    expect(await Member.challenge(pool.anyone, { ...answer, answer: code() })).toMatchObject({ user: { email } });
    await expect(Mfa.disable(ctx, { password, code: wrong() })).rejects.toMatchObject({ code: 'WRONG_CODE' });
    await expect(Mfa.disable(ctx, { password: another, code: code() })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    expect(await Mfa.disable(ctx, { password, code: code() })).toEqual({ enabled: false });
    expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('token');
    await expect(Mfa.disable(ctx, { password, code: '000000' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(pool.toldTo(email)).toEqual([expect.stringContaining('两步验证已关闭')]);
    expect(await audited(ctx)).toEqual(expect.arrayContaining(['mfa.confirm', 'mfa.disable']));
  });

  test('leaves a line when its secret is shown, which does not tell it; a refused call shows none and leaves none', async () => {
    const { ctx } = await someone();
    const shown = async () => (await linesOf(ctx)).filter(({ verb }) => verb === 'mfa.enrol');
    const { secret } = await Mfa.enrol(ctx, {});
    expect(await shown()).toMatchObject([
      { object: ctx.actor.id, session: ctx.session, ip: '203.0.113.7', after: { replaces: false } },
    ]);
    expect(JSON.stringify(await linesOf(ctx))).not.toContain(secret);
    await Mfa.confirm(ctx, { code: codeAt(secret, pool.now()), name: '我的手机' });
    await expect(Mfa.enrol(ctx, {})).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(await shown()).toHaveLength(1);
    pool.pass(30_000);
    await Mfa.enrol(ctx, { password, code: codeAt(secret, pool.now()) });
    expect((await shown()).map(({ after }) => after)).toEqual([{ replaces: false }, { replaces: true }]);
  });

  test('is not shown where the line cannot be written', async () => {
    const { ctx } = await someone();
    const { audit } = ctx.stores;
    const nowhere = { ...ctx, stores: { ...ctx.stores, audit: { ...audit, table: `${audit.table}-gone` } } };
    await expect(Mfa.enrol(nowhere, {})).rejects.toThrow();
  });

  test('where the tenant demands it, who leads may do nothing else until it is enrolled', async () => {
    const { ctx, token } = await someone();
    await demanded(ctx, true);
    const limited = await pool.as(token.access);
    expect(limited.mfaMissing).toBe(true);
    await expect(Mfa.reset(limited, { id: 'anyone' })).rejects.toMatchObject({ code: 'MFA_REQUIRED' });
    expect(await Mfa.get(limited, {})).toMatchObject({ enabled: false });
    const { code } = await withApp(limited);
    expect((await pool.as(token.access)).mfaMissing).toBeUndefined();
    await expect(Mfa.disable(ctx, { password, code: code() })).rejects.toMatchObject({ code: 'MFA_DEMANDED' });
    await demanded(ctx, false);
    expect(await Mfa.disable(ctx, { password, code: code() })).toEqual({ enabled: false });
  });

  test('where the tenant demands it, others are not asked', async () => {
    const { ctx, token } = await someone();
    await demanded(ctx, true);
    await MembershipEntity.patch({ user: ctx.actor.id, tenant: ctx.tenant })
      .set({ role: 'editor' })
      .go(pool.stores.directory);
    expect((await pool.as(token.access)).mfaMissing).toBeUndefined();
  });

  test('is reset by an administrator for who lost it; not one’s own, and not of who leads elsewhere', async () => {
    const { ctx } = await someone();
    await expect(Mfa.reset(ctx, { id: ctx.actor.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    const lost = await someone();
    await withApp(lost.ctx);
    // a member of the first tenant who owns another one
    const { email, name } = { email: lost.email, name: '李砚' };
    await commit(ctx, { rows: joining(ctx, { id: lost.ctx.actor.id, email, name, role: 'editor' }) });
    const id = lost.ctx.actor.id;
    // who joined and has not signed in here since has shown this organisation no second factor
    await expect(Mfa.reset(ctx, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await commit(ctx, { rows: [seen(ctx, id, undefined)] });
    await expect(Mfa.reset(ctx, { id })).rejects.toMatchObject({ code: 'MFA_OF_MANY' });
    await MembershipEntity.patch({ user: id, tenant: lost.ctx.tenant })
      .set({ role: 'viewer' })
      .go(pool.stores.directory);
    expect(await Mfa.reset(ctx, { id })).toEqual({ enabled: false });
    expect(await pool.refused(lost.token.access)).toBe(true);
    expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('token');
    await expect(Mfa.reset({ ...ctx, role: 'editor' }, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(Mfa.reset(ctx, { id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an app that counts', () => {
  test('is replaced by another only by the password and a code of it; the owner is told', async () => {
    const { email, ctx } = await someone();
    const first = await withApp(ctx);
    await expect(Mfa.enrol(ctx, {})).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { issues: [{ field: 'password' }, { field: 'code' }] },
    });
    await expect(Mfa.enrol(ctx, { password, code: first.wrong() })).rejects.toMatchObject({ code: 'WRONG_CODE' });
    await expect(Mfa.enrol(ctx, { password: another, code: first.code() })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    expect(pool.toldTo(email)).toEqual([]);
    const { secret } = await Mfa.enrol(ctx, { password, code: first.code() });
    pool.pass(30_000);
    await Mfa.confirm(ctx, { code: codeAt(secret, pool.now()), name: '新手机' });
    expect(await Mfa.get(ctx, {})).toMatchObject({ enabled: true, name: '新手机' });
    expect(pool.toldTo(email)).toEqual([expect.stringContaining('身份验证器已更换')]);
    await expect(Mfa.disable(ctx, { password, code: first.code() })).rejects.toMatchObject({ code: 'WRONG_CODE' });
    expect(await Mfa.disable(ctx, { password, code: codeAt(secret, pool.now()) })).toEqual({ enabled: false });
  });

  /** Where the work of a call is cut off: before the rows are written, or before Cognito lets the app go. */
  const cuts: [string, (ctx: Ctx) => Ctx][] = [
    ['our rows', cutOffAtRows],
    ['Cognito', cutOffAtCognito],
  ];

  test.each(cuts)(
    'is asked for still where switching it off was cut off at %s; the same call goes on',
    async (_, cut) => {
      const { email, ctx } = await someone();
      const { code } = await withApp(ctx);
      await expect(Mfa.disable(cut(ctx), { password, code: code() })).rejects.toThrow();
      vi.restoreAllMocks();
      expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('challenge');
      // nor is it replaced by a token alone
      await expect(Mfa.enrol(ctx, {})).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
      expect(await Mfa.disable(ctx, { password, code: code() })).toEqual({ enabled: false });
      expect(await Mfa.get(ctx, {})).toMatchObject({ enabled: false });
      expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('token');
    },
  );

  test.each(cuts)('is asked for still where its reset was cut off at %s; the same call goes on', async (_, cut) => {
    const { ctx } = await someone();
    const email = anEmail('lost');
    const { code: invitation } = await Invitation.create(ctx, { email, role: 'editor' });
    const { token, user } = await Member.register(pool.anyone, { email, password, name: '李砚', invitation });
    await withApp((await pool.forAccount(token)).ctx);
    const id = user.id ?? '';
    await expect(Mfa.reset(cut(ctx), { id })).rejects.toThrow();
    vi.restoreAllMocks();
    expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('challenge');
    expect(await Mfa.reset(ctx, { id })).toEqual({ enabled: false });
    expect(await pool.refused(token?.access)).toBe(true);
    expect(await Member.entryOf(pool.anyone, id)).toMatchObject({ mfa: false });
    expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('token');
  });
});

/** Dies when it is about to commit. */
function cutOffAtRows(ctx: Ctx): Ctx {
  const { core } = ctx.stores;
  const send = (command: never) =>
    (command as object) instanceof TransactWriteCommand
      ? Promise.reject(new Error('cut off'))
      : core.client.send(command);
  return { ...ctx, stores: { ...ctx.stores, core: { ...core, client: { send } as typeof core.client } } };
}

/** Dies when Cognito is about to let an app go. */
function cutOffAtCognito(ctx: Ctx): Ctx {
  const proper = Reflect.get(CognitoIdentityProviderClient.prototype, 'send') as (
    this: unknown,
    command: unknown,
  ) => Promise<unknown>;
  vi.spyOn(CognitoIdentityProviderClient.prototype, 'send').mockImplementation(function (
    this: CognitoIdentityProviderClient,
    command: unknown,
  ) {
    if (command instanceof AdminSetUserMFAPreferenceCommand) return Promise.reject(new Error('cut off'));
    return proper.call(this, command);
  } as never);
  return ctx;
}

describe('an access token that somebody stole', () => {
  const thief = [{ Name: 'email', Value: 'thief@example.com' }];
  const off = { Enabled: false };

  test.each<[string, (AccessToken: string) => Promise<unknown>]>([
    ['reads the account', (AccessToken) => pool.admin.send(new GetUserCommand({ AccessToken }))],
    [
      'changes the address',
      (AccessToken) => pool.admin.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: thief })),
    ],
    ['brings an app of its own', (AccessToken) => pool.admin.send(new AssociateSoftwareTokenCommand({ AccessToken }))],
    [
      'switches the second factor off',
      (AccessToken) => pool.admin.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: off })),
    ],
    ['ends every sign-in', (AccessToken) => pool.admin.send(new GlobalSignOutCommand({ AccessToken }))],
  ])('%s at Cognito itself: refused, whether it came by signing in or by a refresh', async (_, act) => {
    const { signIn } = await someone();
    const fresh = await signIn();
    const renewed = (await Member.refresh(pool.anyone, { refresh: fresh.refresh })).token;
    for (const { access } of [fresh, renewed]) {
      await expect(act(access)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Access Token does not have required scopes',
      });
      expect(await pool.refused(access)).toBe(false);
    }
  });

  test('changes neither password, address nor second factor with us: it is told to be refreshed, before anything is done', async () => {
    const { email, signIn } = await someone();
    const ctx = await pool.as((await signIn()).access);
    const code = '123456';
    for (const asked of [
      () => Password.change(ctx, { current: password, password: another }),
      () => Email.change(ctx, { email: anEmail('thief'), password }),
      () => Email.confirm(ctx, { code }),
      () => Mfa.enrol(ctx, {}),
      () => Mfa.confirm(ctx, { code, name: 'phone' }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'ACCOUNT_TOKEN_REQUIRED', status: 403 });
    expect((await audited(ctx)).filter((verb) => /password|email|mfa/.test(verb))).toEqual([]);
    expect(await Member.login(pool.anyone, { email, password })).toHaveProperty('token');
  });

  test('of somebody who is in no organisation is no better', async () => {
    const email = anEmail('alone');
    await pool.admin.send(
      new SignUpCommand({
        ClientId: clientId,
        Username: email,
        Password: password,
        UserAttributes: [{ Name: 'email', Value: email }],
      }),
    );
    const { AuthenticationResult } = await pool.admin.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    const AccessToken = AuthenticationResult?.AccessToken ?? '';
    await expect(pool.admin.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});

describe('the address', () => {
  test('is changed by password and the code sent to it; rows follow, the old one is told', async () => {
    const { email, ctx, token } = await someone();
    const wanted = anEmail('moved');
    await expect(Email.change(ctx, { email: wanted, password: another })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    expect(await Email.change(ctx, { email: wanted, password })).toEqual({ sent: true });
    const code = pool.lastCode(wanted);
    const wrong = code === '123456' ? '654321' : '123456';
    await expect(Email.confirm(ctx, { code: wrong })).rejects.toMatchObject({ code: 'WRONG_CODE' });
    expect(await Email.confirm(ctx, { code })).toEqual({ email: wanted });
    expect(await Member.me(await pool.as(token.access), {})).toMatchObject({ email: wanted });
    expect(await Member.login(pool.anyone, { email: wanted, password })).toMatchObject({ user: { email: wanted } });
    await expect(Member.login(pool.anyone, { email, password })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect(pool.toldTo(email)).toEqual([expect.stringContaining('邮箱已更换')]);
  });

  test('that is asked for leaves a line with both, and who asked from where; without the password there is none', async () => {
    const { email, ctx } = await someone();
    const wanted = anEmail('wanted');
    await expect(Email.change(ctx, { email: wanted, password: another })).rejects.toThrow();
    expect(await audited(ctx)).not.toContain('email.change');
    await Email.change(ctx, { email: wanted, password });
    const lines = (await linesOf(ctx)).filter(({ verb }) => verb === 'email.change');
    expect(lines).toMatchObject([
      { object: ctx.actor.id, session: ctx.session, ip: '203.0.113.7', before: { email }, after: { wanted } },
    ]);
    expect(JSON.stringify(lines)).not.toContain(password);
  });

  test('that somebody has, or that is one’s own, is refused where addresses are believed', async () => {
    const [one, other] = [await someone(), await someone()];
    await expect(Email.change(one.ctx, { email: other.email, password })).rejects.toMatchObject({
      code: 'EMAIL_TAKEN',
    });
    await expect(Email.change(one.ctx, { email: one.email, password })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
