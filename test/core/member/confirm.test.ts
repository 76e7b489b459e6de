// Where the stage asks for a code by e-mail (stage prod).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import * as Email from '../../../core/email/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import { MembershipEntity } from '../../../core/member/directory.ts';
import * as Member from '../../../core/member/index.ts';
import * as Mfa from '../../../core/mfa/index.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { codeAt } from '../../../local/cognito/totp.ts';
import { allRefused } from '../../kit/refused.ts';
import { anEmail, aPool, password } from '../../kit/sign-in.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('code');
});
afterAll(() => pool.stop());

const register = (email: string) => Member.register(pool.anyone, { email, password, name: '顾言之' });
const login = (email: string) => Member.login(pool.anyone, { email, password });

test('a registration waits for the code and then signs in', async () => {
  const email = anEmail();
  expect(await register(email)).toEqual({ user: { email, name: '顾言之' }, confirmationRequired: true });
  await expect(login(email)).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
  expect(await Member.confirm(pool.anyone, { email, code: pool.lastCode() })).toEqual({ confirmed: true });
  expect(await login(email)).toMatchObject({ user: { email, role: 'owner' } });
});

test('a wrong code is refused; a new one can be asked for', async () => {
  const email = anEmail();
  await register(email);
  const wrong = pool.lastCode() === '123456' ? '654321' : '123456';
  await expect(Member.confirm(pool.anyone, { email, code: wrong })).rejects.toMatchObject({ code: 'WRONG_CODE' });
  expect(await Member.resend(pool.anyone, { email })).toEqual({ sent: true });
  await Member.confirm(pool.anyone, { email, code: pool.lastCode() });
});

test('registering again before the code sends a new one and founds no second tenant', async () => {
  const email = anEmail();
  await register(email);
  const code = pool.lastCode(email);
  expect(await register(email)).toMatchObject({ confirmationRequired: true });
  expect(pool.lastCode(email)).not.toBe(code);
  await Member.confirm(pool.anyone, { email, code: pool.lastCode(email) });
  const { user } = await login(email);
  expect(await Member.membershipsOf(pool.anyone, user?.id ?? '')).toHaveLength(1);
});

test('who does not know the password cannot tell a taken address from a free one; its owner is told', async () => {
  const email = anEmail('taken');
  await register(email);
  await Member.confirm(pool.anyone, { email, code: pool.lastCode(email) });
  const stranger = { email, password: 'Some-Other-Way-1!', name: '顾言之' };
  expect(await Member.register(pool.anyone, stranger)).toEqual({
    user: { email, name: '顾言之' },
    confirmationRequired: true,
  });
  expect(pool.toldTo(email)).toEqual([expect.stringContaining('有人用您的邮箱注册')]);
  await allRefused(
    [anEmail('free'), email].map((one) => Member.confirm(pool.anyone, { email: one, code: '123456' })),
    { code: 'WRONG_CODE', details: {} },
  );
  expect(await Member.resend(pool.anyone, { email })).toEqual({ sent: true });
  expect(await Member.resend(pool.anyone, { email: anEmail('free') })).toEqual({ sent: true });
  await expect(login(email)).resolves.toHaveProperty('token');
});

describe('asked six times, an address is answered each time as any other', () => {
  /** Addresses nobody has, one that waits for its code, and one that is confirmed. */
  async function addresses() {
    const [unknown, waiting, confirmed] = [anEmail('unknown'), anEmail('waiting'), anEmail('confirmed')];
    await Promise.all([register(waiting), register(confirmed)]);
    await Member.confirm(pool.anyone, { email: confirmed, code: pool.lastCode(confirmed) });
    return [unknown, waiting, confirmed];
  }

  /** What is answered, or what a refusal says; and whether time could tell something. */
  async function seen(asked: () => Promise<unknown>) {
    const began = performance.now();
    const answer = await asked().catch((error: Failure) => [error.status, error.code, error.details, error.say('en')]);
    return { answer, isEven: performance.now() - began >= 790 };
  }

  const sixTimes = (emails: string[], ask: (email: string) => Promise<unknown>) =>
    Promise.all(emails.flatMap((email) => Array.from({ length: 6 }, () => seen(() => ask(email)))));

  test('for a new code', async () => {
    const answers = await sixTimes(await addresses(), (email) => Member.resend(pool.anyone, { email }));
    expect(answers).toEqual(Array(18).fill({ answer: { sent: true }, isEven: true }));
  });

  test('with a wrong code; the right one is too late then', async () => {
    const emails = await addresses();
    const [, waiting = ''] = emails;
    const right = pool.lastCode(waiting);
    const code = right === '123456' ? '654321' : '123456';
    const answers = await sixTimes(emails, (email) => Member.confirm(pool.anyone, { email, code }));
    const said = new Failure('WRONG_CODE').say('en');
    expect(answers).toEqual(Array(18).fill({ answer: [400, 'WRONG_CODE', {}, said], isEven: true }));
    await expect(Member.confirm(pool.anyone, { email: waiting, code: right })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    });
  });

  test('with a registration', async () => {
    const [unknown = '', waiting = ''] = await addresses();
    const [, ...rest] = await Promise.all([register(unknown), ...Array.from({ length: 6 }, () => register(waiting))]);
    expect(rest).toEqual(Array(6).fill({ user: { email: waiting, name: '顾言之' }, confirmationRequired: true }));
  });
});

test('who knows the password is told that there is an account', async () => {
  const email = anEmail('mine');
  await register(email);
  await Member.confirm(pool.anyone, { email, code: pool.lastCode(email) });
  await expect(register(email)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
});

test('who has an authenticator app and is in no organisation any more comes back by an invitation, and signs in with a code', async () => {
  const [email, inviter] = [anEmail('returner'), anEmail('studio')];
  for (const one of [email, inviter]) {
    await register(one);
    await Member.confirm(pool.anyone, { email: one, code: pool.lastCode(one) });
  }
  const [mine, studio] = [await login(email), await login(inviter)];
  const { ctx } = await pool.forAccount(mine.token);
  const { secret } = await Mfa.enrol(ctx, {});
  const digits = () => {
    pool.pass(30_000);
    return codeAt(secret, pool.now());
  };
  await Mfa.confirm(ctx, { code: digits(), name: '我的手机' });
  // no longer a member of the only one
  await MembershipEntity.patch({ user: ctx.actor.id, tenant: ctx.tenant })
    .set({ isActive: false })
    .go(pool.stores.directory);
  const inviting = await pool.as(studio.token?.access);
  const { code: invitation } = await Invitation.create(inviting, { email, role: 'editor' });
  const asked = { email, password, name: '顾言之', invitation };

  const stranger = { ...asked, password: 'Some-Other-Way-1!' };
  expect(await Member.register(pool.anyone, stranger)).toMatchObject({ confirmationRequired: true });
  const back = await Member.register(pool.anyone, asked);
  expect(back).toMatchObject({ user: { id: ctx.actor.id, tenantId: inviting.tenant, role: 'editor' } });
  expect(back).not.toHaveProperty('token');
  await expect(Member.register(pool.anyone, { email, password, name: '顾言之' })).rejects.toMatchObject({
    code: 'EMAIL_TAKEN',
  });
  const { challenge } = await login(email);
  const { token } = await Member.challenge(pool.anyone, {
    email,
    name: 'SOFTWARE_TOKEN_MFA',
    session: challenge?.session ?? '',
    answer: digits(),
  });
  const now = await pool.as(token?.access);
  expect(now).toMatchObject({ tenant: inviting.tenant, role: 'editor' });
  expect(await Mfa.get(now, {})).toMatchObject({ enabled: true, name: '我的手机' });
});

test('a new address that somebody has is answered like a free one; its owner is told', async () => {
  const [email, other] = [anEmail('mover'), anEmail('owner')];
  for (const one of [email, other]) {
    await register(one);
    await Member.confirm(pool.anyone, { email: one, code: pool.lastCode(one) });
  }
  const { ctx } = await pool.forAccount((await login(email)).token);
  for (const wanted of [other, anEmail('free')])
    expect(await Email.change(ctx, { email: wanted, password })).toEqual({ sent: true });
  // and in the audit
  const { items } = await Audit.list(ctx, { verb: 'email.change' });
  expect(items.map(({ before, after }) => [before, Object.keys(after ?? {})])).toEqual(
    Array(2).fill([{ email }, ['wanted']]),
  );
  expect(pool.toldTo(other)).toEqual([expect.stringContaining('有人想把您的邮箱')]);
});
