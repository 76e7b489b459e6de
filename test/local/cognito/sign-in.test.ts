import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, clients, incorrect, notAuthorized, UserPoolId } from './people.ts';
import { aPerson, aPool, clientId, password } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({ clients });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

test('a client that hides who exists gives one answer, one that does not says who is missing', async () => {
  const { email } = await aPerson(pool, 'hidden@example.com');
  await expect(calls.signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
  await expect(calls.signIn('missing@example.com')).rejects.toMatchObject(incorrect);
  await expect(calls.signIn('missing@example.com', password, 'legacyclient')).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  await expect(calls.confirm('missing@example.com', '123456')).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  await expect(calls.confirm('missing@example.com', '123456', 'legacyclient')).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'Username/client id combination not found.',
  });
});

test('five wrong passwords lock a name out; each further one doubles the wait', async () => {
  const { email } = await aPerson(pool, 'locked@example.com');
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(calls.signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
  const locked = notAuthorized('Password attempts exceeded');
  await expect(calls.signIn(email)).rejects.toMatchObject(locked);
  pool.clock.ahead += 1000;
  await expect(calls.signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
  pool.clock.ahead += 1000;
  await expect(calls.signIn(email)).rejects.toMatchObject(locked);
  pool.clock.ahead += 1000;
  expect(await calls.signIn(email)).toMatchObject({ TokenType: 'Bearer' });
});

test('many tries at once do not slip past the count', async () => {
  const { email } = await aPerson(pool, 'storm@example.com');
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => calls.signIn(email, 'Wrong-pass-1')));
  const messages = tries.map((one) => (one.status === 'rejected' ? (one.reason as Error).message : 'signed in'));
  expect(messages.filter((message) => message === incorrect.message)).toHaveLength(5);
  expect(messages.filter((message) => message === 'Password attempts exceeded')).toHaveLength(15);
});

test('a password longer than any that can be set is wrong, whatever it begins with', async () => {
  const longest = `Aa1${'x'.repeat(253)}`;
  const { UserSub = '' } = await calls.signUp('longest@example.com', longest);
  await calls.confirm('longest@example.com', pool.codeFor('longest@example.com'));
  await expect(calls.signIn(UserSub, `${longest}y`)).rejects.toMatchObject(incorrect);
  expect(await calls.signIn(UserSub, longest)).toMatchObject({ ExpiresIn: 3600 });
});

test('flows the client does not allow and flows that do not run here are told apart', async () => {
  const srp = new idp.InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'a', SRP_A: 'b' },
  });
  await expect(pool.api.send(srp)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'AuthFlow USER_SRP_AUTH is not available locally; use USER_PASSWORD_AUTH or REFRESH_TOKEN_AUTH.',
  });
  await expect(calls.signIn('a@example.com', password, 'refreshonly')).rejects.toMatchObject({
    message: 'USER_PASSWORD_AUTH flow not enabled for this client',
  });
  const groups = new idp.CreateGroupCommand({ UserPoolId, GroupName: 'g' });
  await expect(pool.api.send(groups)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('CreateGroup is not available locally. There are: AdminDeleteUser, '),
  });
  const mfa = new idp.RespondToAuthChallengeCommand({ ClientId: clientId, ChallengeName: 'SMS_MFA' });
  await expect(pool.api.send(mfa)).rejects.toMatchObject({
    message: 'ChallengeName SMS_MFA is not available locally; NEW_PASSWORD_REQUIRED and SOFTWARE_TOKEN_MFA are.',
  });
});

test('a temporary password leads to the challenge, and its answer to tokens', async () => {
  const { email, sub } = await aPerson(pool, 'challenged@example.com');
  await pool.api.send(new idp.AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: 'Temporary-1' }));
  await expect(calls.signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
  const AuthParameters = { USERNAME: email, PASSWORD: 'Temporary-1' };
  const asked = await pool.api.send(
    new idp.InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  const respond = (NEW_PASSWORD: string, ClientId = clientId) =>
    pool.api.send(
      new idp.RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: asked.Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
      }),
    );
  const over = notAuthorized('Invalid session for the user, session is expired.');
  await expect(respond('My-own-pass-9', 'legacyclient')).rejects.toMatchObject(over);
  await expect(respond('weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  expect((await respond('My-own-pass-9')).AuthenticationResult?.AccessToken).toBeDefined();
  await expect(respond('My-own-pass-9')).rejects.toMatchObject(over);
  expect(await calls.signIn(email, 'My-own-pass-9')).toMatchObject({ TokenType: 'Bearer' });
});
