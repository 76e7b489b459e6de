// Authenticator apps, refresh tokens that rotate, and a new address: what people do about themselves.
import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeAt, stepOf } from '../../../local/cognito/totp.ts';
import { callsOf, notAuthorized, UserPoolId } from './people.ts';
import { aPerson, aPool, client, clientId, password } from './pool.ts';
import { problemIn, visitsTo } from './visitor.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({
    clients: [{ ...client, rotation: { graceSeconds: 10 } }],
    pool: { mfa: 'OPTIONAL', keepsEmailUntilProven: true },
  });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

const now = () => Date.now() + pool.clock.ahead;
const later = (ms: number) => {
  pool.clock.ahead += ms;
};

/** Somebody with an authenticator app, and how to answer its challenge. */
const enrolled = async (email: string) => {
  await aPerson(pool, email);
  const { AccessToken } = await calls.signIn(email);
  const { SecretCode: secret = '' } = await pool.api.send(new idp.AssociateSoftwareTokenCommand({ AccessToken }));
  const verify = (UserCode: string) =>
    pool.api.send(new idp.VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName: '手机' }));
  const prefer = (Enabled: boolean) =>
    pool.api.send(
      new idp.SetUserMFAPreferenceCommand({
        AccessToken,
        SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
      }),
    );
  return { email, AccessToken, secret, verify, prefer };
};

const challenged = async (email: string) => {
  const AuthParameters = { USERNAME: email, PASSWORD: password };
  return pool.api.send(
    new idp.InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
};

const answer = (email: string, Session: string | undefined, code: string) =>
  pool.api.send(
    new idp.RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session,
      ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code },
    }),
  );

test('codes are those of RFC 6238, of this time step and its neighbours', () => {
  // appendix B, SHA-1: the secret is the text 12345678901234567890
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect(codeAt(secret, 59_000)).toBe('287082');
  expect(codeAt(secret, 1_111_111_109_000)).toBe('081804');
  expect(codeAt(secret, 20_000_000_000_000)).toBe('353130');
  expect(stepOf(secret, '287082', 59_000 + 30_000)).toBe(1);
  expect(stepOf(secret, '287082', 59_000 + 61_000)).toBeUndefined();
});

describe('an authenticator app', () => {
  test('counts once it is verified and wished for; then the password alone lets nobody in', async () => {
    const { email, AccessToken, secret, verify, prefer } = await enrolled('with.app@example.com');
    await expect(prefer(true)).rejects.toMatchObject({ message: 'User has not verified software token mfa' });
    const wrong = codeAt(secret, now() + 3_600_000);
    await expect(verify(wrong)).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' });
    expect(await verify(codeAt(secret, now()))).toMatchObject({ Status: 'SUCCESS' });
    expect(await calls.signIn(email)).toMatchObject({ TokenType: 'Bearer' });
    await prefer(true);
    expect(await pool.api.send(new idp.GetUserCommand({ AccessToken }))).toMatchObject({
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    });
    const asked = await challenged(email);
    expect(asked).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: '手机' },
    });
    await expect(answer(email, asked.Session, wrong)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expect(answer(email, asked.Session, codeAt(secret, now()))).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Your software token has already been used once.',
    });
    later(30_000);
    const given = await answer(email, asked.Session, codeAt(secret, now()));
    expect(given.AuthenticationResult?.AccessToken).toBeDefined();
    await expect(answer(email, asked.Session, codeAt(secret, now()))).rejects.toMatchObject(
      notAuthorized('Invalid session for the user, session is expired.'),
    );
  });

  test('cannot be guessed: wrong codes lock out like wrong passwords, over many sign-ins too', async () => {
    const { email, secret, verify, prefer } = await enrolled('guessed@example.com');
    await verify(codeAt(secret, now()));
    await prefer(true);
    const wrong = codeAt(secret, now() + 3_600_000);
    for (let at = 0; at < 5; at++) {
      const { Session } = await challenged(email);
      await expect(answer(email, Session, wrong)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    }
    await expect(challenged(email)).rejects.toMatchObject(notAuthorized('Password attempts exceeded'));
    later(31_000);
    const { Session } = await challenged(email);
    expect(await answer(email, Session, codeAt(secret, now()))).toHaveProperty('AuthenticationResult');
  });

  test('is switched off by an administrator, for somebody who lost it', async () => {
    const { email, secret, verify, prefer } = await enrolled('lost.it@example.com');
    await verify(codeAt(secret, now()));
    await prefer(true);
    const SoftwareTokenMfaSettings = { Enabled: false };
    await pool.api.send(
      new idp.AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: email, SoftwareTokenMfaSettings }),
    );
    expect(await calls.signIn(email)).toMatchObject({ TokenType: 'Bearer' });
  });

  test('is asked for on the hosted page', async () => {
    const { email, secret, verify, prefer } = await enrolled('hosted.app@example.com');
    await verify(codeAt(secret, now()));
    await prefer(true);
    later(30_000);
    const { visitor, page } = await visitsTo(pool.hostedUrl).atPage();
    const asked = await visitor.fill(page, '/login', { username: email, password });
    expect(asked.text).toContain('authenticator app (手机)');
    const refused = await visitor.fill(asked, '/mfa', { code: codeAt(secret, now() + 3_600_000) });
    expect(problemIn(refused)).toMatch(/^That code is not right/);
    const done = await visitor.fill(refused, '/mfa', { code: codeAt(secret, now()) });
    expect([done.status, done.at.searchParams.get('code')]).toEqual([303, expect.any(String)]);
    const late = await visitor.fill(refused, '/mfa', { code: codeAt(secret, now()) });
    expect(problemIn(late)).toBe('This took too long. Sign in again.');
  });
});

describe('refresh tokens that rotate', () => {
  const renew = (RefreshToken = '') =>
    pool.api.send(new idp.GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
  const reused = { name: 'RefreshTokenReuseException' };

  test('give a new one each time; the old one counts for the grace period more, and then no longer', async () => {
    const { email } = await aPerson(pool, 'rotating@example.com');
    const { RefreshToken: first } = await calls.signIn(email);
    const { AuthenticationResult: second } = await renew(first);
    expect(second?.RefreshToken).not.toBe(first);
    const { AuthenticationResult: retried } = await renew(first);
    later(10_000);
    await expect(renew(first)).rejects.toMatchObject(reused);
    for (const token of [second?.RefreshToken, retried?.RefreshToken])
      expect((await renew(token)).AuthenticationResult?.RefreshToken).toBeDefined();
  });

  test('a retry within the grace does not make the old one live longer', async () => {
    const { email } = await aPerson(pool, 'retrying@example.com');
    const { RefreshToken: first } = await calls.signIn(email);
    await renew(first);
    later(6_000);
    await renew(first);
    later(6_000);
    await expect(renew(first)).rejects.toMatchObject(reused);
  });

  test('end together: revoking one revokes the sign-in, and none outlives the first', async () => {
    const { email } = await aPerson(pool, 'ending@example.com');
    const { RefreshToken: first } = await calls.signIn(email);
    const { AuthenticationResult: second } = await renew(first);
    await pool.api.send(new idp.RevokeTokenCommand({ ClientId: clientId, Token: second?.RefreshToken }));
    await expect(renew(first)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
    const { RefreshToken: other } = await calls.signIn(email);
    const { AuthenticationResult: next } = await renew(other);
    later(client.refreshTokenDays * 86_400_000);
    await expect(renew(next?.RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has expired'));
  });
});

describe('a new address', () => {
  const change = (AccessToken: string | undefined, Value: string) =>
    pool.api.send(new idp.UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: 'email', Value }] }));
  const verify = (AccessToken: string | undefined, Code: string) =>
    pool.api.send(new idp.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));

  test('counts once its code came back; until then the old one does', async () => {
    const { email } = await aPerson(pool, 'old.address@example.com');
    const { AccessToken } = await calls.signIn(email);
    await change(AccessToken, 'New.Address@example.com');
    expect(await calls.signIn(email)).toMatchObject({ TokenType: 'Bearer' });
    const code = pool.codeFor('New.Address@example.com');
    await expect(verify(AccessToken, code === '000000' ? '000001' : '000000')).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    await verify(AccessToken, code);
    expect(await calls.signIn('new.address@example.com')).toMatchObject({ TokenType: 'Bearer' });
    await expect(calls.signIn(email)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('is refused when somebody has it, also when that happened meanwhile', async () => {
    const { email } = await aPerson(pool, 'mover@example.com');
    const { AccessToken } = await calls.signIn(email);
    await aPerson(pool, 'has.it@example.com');
    const exists = { name: 'AliasExistsException' };
    await expect(change(AccessToken, 'has.it@example.com')).rejects.toMatchObject(exists);
    await change(AccessToken, 'soon.taken@example.com');
    const code = pool.codeFor('soon.taken@example.com');
    await aPerson(pool, 'soon.taken@example.com');
    await expect(verify(AccessToken, code)).rejects.toMatchObject(exists);
    await expect(change(AccessToken, 'no address')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
