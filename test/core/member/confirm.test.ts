// Where the stage asks for a code by e-mail (stage prod).
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Email from '../../../core/email/index.ts';
import * as Member from '../../../core/member/index.ts';
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

test('who knows the password is told that there is an account', async () => {
  const email = anEmail('mine');
  await register(email);
  await Member.confirm(pool.anyone, { email, code: pool.lastCode(email) });
  await expect(register(email)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
});

test('a new address that somebody has is answered like a free one; its owner is told', async () => {
  const [email, other] = [anEmail('mover'), anEmail('owner')];
  for (const one of [email, other]) {
    await register(one);
    await Member.confirm(pool.anyone, { email: one, code: pool.lastCode(one) });
  }
  const { token } = await login(email);
  const ctx = await pool.as(token?.access);
  for (const wanted of [other, anEmail('free')])
    expect(await Email.change(ctx, { email: wanted, password })).toEqual({ sent: true });
  expect(pool.toldTo(other)).toEqual([expect.stringContaining('有人想把您的邮箱')]);
});
