import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, clients, notAuthorized } from './people.ts';
import { aPool, clientId, password } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({ clients });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

test('an address is taken in any case of its letters', async () => {
  await calls.signUp('Mixed.Case@example.com');
  await expect(calls.signUp('mixed.case@EXAMPLE.com')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'An account with the given email already exists.',
  });
});

test.each([
  ['Short-1', 'Password not long enough'],
  ['no-upper-case-1', 'Password must have uppercase characters'],
  ['NO-LOWER-CASE-1', 'Password must have lowercase characters'],
  ['No-digit-here', 'Password must have numeric characters'],
  [' Leading-space-1', 'Password must not have leading or trailing spaces'],
])('the password %j is refused: %s', async (weak, reason) => {
  await expect(calls.signUp('weak@example.com', weak)).rejects.toMatchObject({
    name: 'InvalidPasswordException',
    message: `Password did not conform with policy: ${reason}`,
  });
});

test('what cannot be a name or an attribute is refused', async () => {
  const refused = (message: string) => ({ name: 'InvalidParameterException', message });
  await expect(calls.signUp('no-address')).rejects.toMatchObject(refused('Username should be an email.'));
  await expect(calls.signUp('a@example.com', password, [{ Name: 'shoe', Value: '42' }])).rejects.toMatchObject(
    refused('Attributes did not conform to the schema: shoe: Attribute does not exist in the schema.\n'),
  );
  await expect(
    calls.signUp('a@example.com', password, [{ Name: 'email_verified', Value: 'true' }]),
  ).rejects.toMatchObject(refused('Cannot modify the non-mutable attribute email_verified'));
  await expect(
    calls.signUp('a@example.com', password, [{ Name: 'email', Value: 'b@example.com' }]),
  ).rejects.toMatchObject(refused('User email does not match the username.'));
  const unknown = new idp.SignUpCommand({ ClientId: 'nobody', Username: 'a@example.com', Password: password });
  await expect(pool.api.send(unknown)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool client nobody does not exist.',
  });
});

test('a code works once, for a day, and is not guessed', async () => {
  const email = 'codes@example.com';
  await calls.signUp(email);
  const wrong = pool.codeFor(email) === '000000' ? '000001' : '000000';
  const mismatch = {
    name: 'CodeMismatchException',
    message: 'Invalid verification code provided, please try again.',
  };
  for (let guess = 0; guess < 5; guess += 1) await expect(calls.confirm(email, wrong)).rejects.toMatchObject(mismatch);
  await expect(calls.confirm(email, pool.codeFor(email))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Attempt limit exceeded, please try after some time.',
  });
  await pool.api.send(new idp.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
  pool.clock.ahead += 24 * 3_600_000;
  await expect(calls.confirm(email, pool.codeFor(email))).rejects.toMatchObject({
    name: 'ExpiredCodeException',
    message: 'Invalid code provided, please request a code again.',
  });
  await pool.api.send(new idp.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
  await calls.confirm(email, pool.codeFor(email));
  await expect(calls.confirm(email, pool.codeFor(email))).rejects.toMatchObject(
    notAuthorized('User cannot be confirmed. Current status is CONFIRMED'),
  );
});

test('five codes an hour and no more', async () => {
  const email = 'many.codes@example.com';
  await calls.signUp(email);
  const resend = () => pool.api.send(new idp.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
  for (let sent = 1; sent < 5; sent += 1) await resend();
  await expect(resend()).rejects.toMatchObject({ name: 'LimitExceededException' });
  pool.clock.ahead += 3_600_001;
  await resend();
});

test('a code is mailed in the words of the template', async () => {
  const worded = await aPool({
    pool: { verification: { subject: '验证码', message: '您的验证码是 {####}。<br>Code: {####}.' } },
  });
  try {
    await worded.api.send(new idp.SignUpCommand({ ClientId: clientId, Username: 'w@example.com', Password: password }));
    expect(worded.mailbox.at(-1)).toMatchObject({
      subject: '验证码',
      text: expect.stringMatching(/^您的验证码是 (\d{6})。\nCode: \1\.$/),
    });
  } finally {
    await worded.end();
  }
});
