import { ConfirmSignUpCommand, InitiateAuthCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPool, clientId, password } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool({
    preToken: (event) => ({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { tenant_id: '01h', role: 'owner', sub: 'forged' } },
        },
      },
    }),
  });
});
afterAll(() => pool.end());

test('a person signs up, proves the address by the code, and signs in with tokens anybody can verify', async () => {
  const email = 'li.yan@example.com';
  const signedUp = await pool.api.send(
    new SignUpCommand({
      ClientId: clientId,
      Username: email,
      Password: password,
      UserAttributes: [{ Name: 'name', Value: '李砚' }],
    }),
  );
  expect(signedUp).toMatchObject({
    UserConfirmed: false,
    CodeDeliveryDetails: { Destination: 'l***@e***', DeliveryMedium: 'EMAIL' },
  });
  const signIn = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  await expect(pool.api.send(signIn)).rejects.toMatchObject({
    name: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
  expect(pool.mailbox.at(-1)?.to).toBe(email);
  await pool.api.send(
    new ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode: pool.codeFor(email) }),
  );

  const { AuthenticationResult: result } = await pool.api.send(signIn);
  const keys = createRemoteJWKSet(new URL(pool.jwksPath, pool.url));
  const access = await jwtVerify(result?.AccessToken ?? '', keys, { issuer: pool.issuer });
  expect(access.protectedHeader.alg).toBe('RS256');
  expect(access.payload).toMatchObject({
    sub: signedUp.UserSub,
    username: signedUp.UserSub,
    client_id: clientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    tenant_id: '01h',
    role: 'owner',
  });
  const id = await jwtVerify(result?.IdToken ?? '', keys, { issuer: pool.issuer, audience: clientId });
  expect(id.payload).toMatchObject({
    token_use: 'id',
    email,
    email_verified: true,
    name: '李砚',
    origin_jti: access.payload.origin_jti,
  });
  expect(id.payload.tenant_id).toBeUndefined();
});
