import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, clients, notAuthorized, UserPoolId } from './people.ts';
import { aPerson, aPool, clientId } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({ clients });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

test('GetUser tells who one is, until the sign-in is revoked', async () => {
  const { email, sub } = await aPerson(pool, 'get.user@example.com');
  const { AccessToken, RefreshToken } = await calls.signIn(email);
  const getUser = () => pool.api.send(new idp.GetUserCommand({ AccessToken }));
  expect(await getUser()).toMatchObject({
    Username: sub,
    UserAttributes: expect.arrayContaining([
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'sub', Value: sub },
    ]),
  });
  await pool.api.send(new idp.RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken }));
  await expect(getUser()).rejects.toMatchObject(notAuthorized('Access Token has been revoked'));
  await expect(calls.refresh(RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
});

test('only the client of a refresh token may use or revoke it, and only refresh tokens are revoked', async () => {
  const { email } = await aPerson(pool, 'own.token@example.com');
  const { AccessToken, RefreshToken } = await calls.signIn(email);
  const revoke = (Token = '', ClientId = clientId) => pool.api.send(new idp.RevokeTokenCommand({ ClientId, Token }));
  await expect(calls.refresh(RefreshToken, 'legacyclient')).rejects.toMatchObject(
    notAuthorized('Invalid Refresh Token'),
  );
  await expect(revoke(RefreshToken, 'legacyclient')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  await expect(revoke(AccessToken)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
  expect((await calls.refresh(RefreshToken)).AuthenticationResult).toMatchObject({
    TokenType: 'Bearer',
    ExpiresIn: 3600,
  });
  const again = await pool.api.send(new idp.GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
  expect(again.AuthenticationResult).toMatchObject({ TokenType: 'Bearer' });
  expect(again.AuthenticationResult?.RefreshToken).toBeUndefined();
});

test.each([
  ['GlobalSignOut', (_: string, AccessToken = '') => pool.api.send(new idp.GlobalSignOutCommand({ AccessToken }))],
  [
    'AdminUserGlobalSignOut',
    (Username: string) => pool.api.send(new idp.AdminUserGlobalSignOutCommand({ UserPoolId, Username })),
  ],
  ['AdminDisableUser', (Username: string) => pool.api.send(new idp.AdminDisableUserCommand({ UserPoolId, Username }))],
  ['AdminDeleteUser', (Username: string) => pool.api.send(new idp.AdminDeleteUserCommand({ UserPoolId, Username }))],
])('%s ends every sign-in of the person and of nobody else', async (name, end) => {
  const { email } = await aPerson(pool, `${name.toLowerCase()}@example.com`);
  const other = await calls.signIn((await aPerson(pool, `other.${name.toLowerCase()}@example.com`)).email);
  const signIns = [await calls.signIn(email), await calls.signIn(email)];
  await end(email, signIns[0]?.AccessToken);
  for (const { AccessToken, RefreshToken } of signIns) {
    await expect(calls.refresh(RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(pool.api.send(new idp.GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  }
  expect((await calls.refresh(other.RefreshToken)).AuthenticationResult?.AccessToken).toBeDefined();
});

test('tokens that are forged, of another kind or too old are not taken', async () => {
  const { email } = await aPerson(pool, 'old.token@example.com');
  const { AccessToken = '', IdToken } = await calls.signIn(email);
  const getUser = (token = '') => pool.api.send(new idp.GetUserCommand({ AccessToken: token }));
  const invalid = notAuthorized('Invalid Access Token');
  await expect(getUser(IdToken)).rejects.toMatchObject(invalid);
  await expect(getUser(`${AccessToken.slice(0, -8)}AAAAAAAA`)).rejects.toMatchObject(invalid);
  const [, body] = AccessToken.split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  await expect(getUser(none)).rejects.toMatchObject(invalid);
  pool.clock.ahead += 3_600_000;
  await expect(getUser(AccessToken)).rejects.toMatchObject(notAuthorized('Access Token has expired'));
});
