// Where the stage asks for a code by e-mail (stage prod).
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Member from '../../../core/member/index.ts';
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
  const { token, confirmationRequired, user } = await register(email);
  expect([token, confirmationRequired]).toEqual([undefined, true]);
  await expect(login(email)).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
  expect(await Member.confirm(pool.anyone, { email, code: pool.lastCode() })).toEqual({ confirmed: true });
  expect(await login(email)).toMatchObject({ user: { tenantId: user.tenantId } });
});

test('a wrong code is refused; a new one can be asked for', async () => {
  const email = anEmail();
  await register(email);
  const wrong = pool.lastCode() === '123456' ? '654321' : '123456';
  await expect(Member.confirm(pool.anyone, { email, code: wrong })).rejects.toMatchObject({ code: 'WRONG_CODE' });
  expect(await Member.resend(pool.anyone, { email })).toEqual({ sent: true });
  await Member.confirm(pool.anyone, { email, code: pool.lastCode() });
});

test('confirming twice is a conflict', async () => {
  const email = anEmail();
  await register(email);
  const code = pool.lastCode();
  await Member.confirm(pool.anyone, { email, code });
  await expect(Member.confirm(pool.anyone, { email, code })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('registering again before the code sends a new one and founds no second tenant', async () => {
  const email = anEmail();
  const first = await register(email);
  const again = await register(email);
  expect(again).toMatchObject({
    confirmationRequired: true,
    user: { id: first.user.id, tenantId: first.user.tenantId },
  });
  await Member.confirm(pool.anyone, { email, code: pool.lastCode() });
});

test('an address nobody registered is answered like any other', async () => {
  expect(await Member.resend(pool.anyone, { email: anEmail('nobody') })).toEqual({ sent: true });
  await expect(Member.confirm(pool.anyone, { email: anEmail('nobody'), code: '123456' })).rejects.toMatchObject({
    code: 'WRONG_CODE',
  });
});
