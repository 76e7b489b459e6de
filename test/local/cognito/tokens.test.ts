import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { startCognito } from '../../../local/cognito/index.ts';
import { Refusal } from '../../../local/refusal.ts';
import { enrolled } from './people.ts';
import { aFolder, aPerson, aPool, client, clientId, password } from './pool.ts';

type Pool = Awaited<ReturnType<typeof aPool>>;

const signIn = async (pool: Pool, USERNAME: string) => {
  const AuthParameters = { USERNAME, PASSWORD: password };
  const command = new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  return (await pool.api.send(command)).AuthenticationResult ?? {};
};

const within = async (options: Parameters<typeof aPool>[0], told: (pool: Pool) => Promise<void>) => {
  const pool = await aPool(options);
  try {
    await told(pool);
  } finally {
    await pool.end();
  }
};

test('a V2 trigger sees the person and the scopes, and adds claims, but none that prove who somebody is', async () => {
  const events: unknown[] = [];
  const forged = { sub: 'other', iss: 'x', exp: 9e9, token_use: 'id', client_id: 'x', username: 'x', origin_jti: 'x' };
  const preToken = (event: object) => {
    events.push(event);
    const claims = { ...forged, tenant_id: '01h', limits: { projects: 3 }, 'cognito:groups': ['root'] };
    return {
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: claims,
            claimsToSuppress: ['auth_time'],
            scopesToAdd: ['studio/write'],
          },
          idTokenGeneration: {
            claimsToAddOrOverride: { tenant_id: '01h', aud: 'x' },
            claimsToSuppress: ['name', 'sub'],
          },
          groupOverrideDetails: { groupsToOverride: ['editors'] },
        },
      },
    };
  };
  await within({ preToken }, async (pool) => {
    const { email, sub } = await aPerson(pool, 'claims@example.com');
    const { AccessToken = '', IdToken = '' } = await signIn(pool, email);
    expect(events).toEqual([
      {
        version: '2',
        triggerSource: 'TokenGeneration_Authentication',
        region: 'us-east-1',
        userPoolId: 'us-east-1_localpool',
        userName: sub,
        callerContext: { awsSdkVersion: expect.any(String), clientId },
        request: {
          userAttributes: { sub, email, name: '李砚', email_verified: 'true', 'cognito:user_status': 'CONFIRMED' },
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
          scopes: ['aws.cognito.signin.user.admin'],
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
    const access = decodeJwt(AccessToken);
    expect(access).toMatchObject({ sub, iss: pool.issuer, client_id: clientId, token_use: 'access', username: sub });
    expect(access).toMatchObject({ tenant_id: '01h', limits: { projects: 3 }, 'cognito:groups': ['editors'] });
    expect(access.scope).toBe('aws.cognito.signin.user.admin studio/write');
    expect(access.auth_time).toEqual(expect.any(Number));
    expect([access.aud, access.exp]).toEqual([undefined, (access.iat ?? 0) + 3600]);
    expect(decodeJwt(IdToken)).toMatchObject({ sub, aud: clientId, tenant_id: '01h', email });
    expect(decodeJwt(IdToken).name).toBeUndefined();
  });
});

test('a trigger is told what a refresh and the answer to a challenge say to it, and nothing of what a sign-in says', async () => {
  const told: unknown[] = [];
  const preToken = (event: { request: Record<string, unknown> }) => {
    told.push(event.request.clientMetadata);
    return event;
  };
  await within({ preToken, pool: { mfa: 'OPTIONAL' } }, async (pool) => {
    const { email } = await aPerson(pool, 'metadata@example.com');
    const code = await enrolled(pool, email);
    told.length = 0;
    const ClientMetadata = { account: 'true' };
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const { Session } = await pool.api.send(
      new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters, ClientMetadata }),
    );
    const { AuthenticationResult } = await pool.api.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        Session,
        ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code() },
        ClientMetadata,
      }),
    );
    const RefreshToken = AuthenticationResult?.RefreshToken;
    await pool.api.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken, ClientMetadata }));
    const other = await aPerson(pool, 'password.alone@example.com');
    const alone = { USERNAME: other.email, PASSWORD: password };
    await pool.api.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: alone,
        ClientMetadata,
      }),
    );
    expect(told).toEqual([ClientMetadata, ClientMetadata, undefined]);
  });
});

test('a V1 trigger changes the id token alone', async () => {
  const preToken = (event: object) => ({
    ...event,
    response: { claimsOverrideDetails: { claimsToAddOrOverride: { tenant_id: '01h' } } },
  });
  await within({ preToken, pool: { preTokenVersion: 'V1_0' } }, async (pool) => {
    const { AccessToken = '', IdToken = '' } = await signIn(pool, (await aPerson(pool, 'v1@example.com')).email);
    expect(decodeJwt(IdToken).tenant_id).toBe('01h');
    expect(decodeJwt(AccessToken).tenant_id).toBeUndefined();
  });
});

test.each([
  [
    'UserLambdaValidationException',
    'PreTokenGeneration failed with error MEMBER_INACTIVE.',
    () => {
      throw new Error('MEMBER_INACTIVE');
    },
  ],
  ['InvalidLambdaResponseException', 'Unrecognizable lambda output', () => null],
  ['InvalidLambdaResponseException', 'Unrecognizable lambda output', () => ({ response: 'text' })],
])('a trigger that fails refuses the sign-in: %s, %s', async (name, message, preToken) => {
  await within({ preToken }, async (pool) => {
    const { email } = await aPerson(pool, 'refused@example.com');
    await expect(signIn(pool, email)).rejects.toMatchObject({ name, message });
  });
});

test('people, sign-ins and the key outlive a restart', async () => {
  const directory = aFolder();
  const before = await aPool({ directory });
  const { email } = await aPerson(before, 'restart@example.com');
  const { AccessToken = '', RefreshToken = '' } = await signIn(before, email);
  await before.stop();
  await within({ directory }, async (pool) => {
    await jwtVerify(AccessToken, createRemoteJWKSet(new URL(pool.jwksPath, pool.url)), { issuer: pool.issuer });
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    const refresh = new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });
    expect((await pool.api.send(refresh)).AuthenticationResult?.AccessToken).toBeDefined();
    expect(await signIn(pool, email)).toMatchObject({ TokenType: 'Bearer' });
  });
});

test('neither passwords nor tokens stand in the file', async () => {
  await within({}, async (pool) => {
    const { RefreshToken = '' } = await signIn(pool, (await aPerson(pool, 'file@example.com')).email);
    const files = readdirSync(pool.directory).map((file) => readFileSync(`${pool.directory}/${file}`, 'latin1'));
    expect(files.some((bytes) => bytes.includes('file@example.com'))).toBe(true);
    for (const secret of [password, RefreshToken]) expect(files.some((bytes) => bytes.includes(secret))).toBe(false);
  });
});

const start = (options: object) =>
  startCognito({
    directory: aFolder(),
    region: 'us-east-1',
    clients: [client],
    invokeTrigger: async () => undefined,
    mail: () => {},
    pool: {
      id: 'us-east-1_localpool',
      passwordPolicy: {},
      autoVerify: ['email'],
      triggers: {},
      preTokenVersion: 'V2_0',
      mfa: 'OFF',
    },
    ...options,
  });

test('a pool that cannot start says why and what to do', async () => {
  const directory = aFolder();
  writeFileSync(`${directory}/pool.sqlite`, 'this is no database, however long it goes on'.repeat(100));
  await expect(start({ directory })).rejects.toMatchObject({
    code: 'STATE_CORRUPT',
    message: expect.stringContaining('Move that folder away'),
  });
  await within({}, async (pool) => {
    const port = Number(new URL(pool.url).port);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(`Port ${port} for Cognito`),
    });
    await expect(start({ port })).rejects.toBeInstanceOf(Refusal);
  });
});

test('a pool that demands a second factor is not started, since none runs here', async () => {
  await expect(aPool({ pool: { mfa: 'ON' } })).rejects.toMatchObject({
    code: 'TEMPLATE_NOT_UNDERSTOOD',
    message: expect.stringContaining('Set mfa to OFF or OPTIONAL'),
  });
});
