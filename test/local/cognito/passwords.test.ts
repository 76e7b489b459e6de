import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, clients, incorrect } from './people.ts';
import { aPerson, aPool, clientId, password } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({ clients });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

test('a person changes the password by the old one; guessing it locks out', async () => {
  const { email } = await aPerson(pool, 'changes@example.com');
  const { AccessToken } = await calls.signIn(email);
  const change = (PreviousPassword: string, ProposedPassword: string) =>
    pool.api.send(new idp.ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
  await expect(change(password, 'weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  await change(password, 'Another-horse-7');
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(change(password, 'Third-horse-77')).rejects.toMatchObject(incorrect);
  await expect(change('Another-horse-7', 'Third-horse-77')).rejects.toMatchObject({ name: 'LimitExceededException' });
  pool.clock.ahead += 1000;
  expect(await calls.signIn(email, 'Another-horse-7')).toMatchObject({ TokenType: 'Bearer' });
});

const forgot = (Username: string, ClientId = clientId) =>
  pool.api.send(new idp.ForgotPasswordCommand({ ClientId, Username }));
const recover = (Username: string, ConfirmationCode: string, Password = 'Another-horse-7', ClientId = clientId) =>
  pool.api.send(new idp.ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));

test('a forgotten password is set anew by a code, which also ends a lock-out', async () => {
  const { email } = await aPerson(pool, 'recover@example.com');
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(calls.signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
  await expect(recover(email, '123456')).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  expect((await forgot(email)).CodeDeliveryDetails).toEqual({
    AttributeName: 'email',
    DeliveryMedium: 'EMAIL',
    Destination: 'r***@e***',
  });
  await expect(recover(email, pool.codeFor(email), 'weak')).rejects.toMatchObject({
    name: 'InvalidPasswordException',
  });
  await recover(email, pool.codeFor(email));
  expect(await calls.signIn(email, 'Another-horse-7')).toMatchObject({ TokenType: 'Bearer' });
  await expect(recover(email, pool.codeFor(email))).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  await forgot(email);
  pool.clock.ahead += 3_600_000;
  await expect(recover(email, pool.codeFor(email))).rejects.toMatchObject({ name: 'ExpiredCodeException' });
});

test('who cannot recover a password is answered like who can, unless the client tells', async () => {
  await calls.signUp('unproven@example.com');
  const codes = pool.mailbox.length;
  for (const name of ['unproven@example.com', 'unknown@example.com']) {
    expect((await forgot(name)).CodeDeliveryDetails).toMatchObject({ Destination: 'u***@e***' });
    await expect(recover(name, '123456')).rejects.toMatchObject({ name: 'CodeMismatchException' });
  }
  expect(pool.mailbox).toHaveLength(codes);
  await expect(forgot('unknown@example.com', 'legacyclient')).rejects.toMatchObject({
    name: 'UserNotFoundException',
  });
  await expect(forgot('unproven@example.com', 'legacyclient')).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
  });
});
