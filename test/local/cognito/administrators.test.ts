import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf, clients, notAuthorized, UserPoolId } from './people.ts';
import { aPerson, aPool } from './pool.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
let calls: ReturnType<typeof callsOf>;
beforeAll(async () => {
  pool = await aPool({ clients });
  calls = callsOf(pool);
});
afterAll(() => pool.end());

test('AdminGetUser tells state and attributes; enabling lets a person in again', async () => {
  const { email, sub } = await aPerson(pool, 'admin.get@example.com');
  const get = () => pool.api.send(new idp.AdminGetUserCommand({ UserPoolId, Username: email }));
  expect(await get()).toMatchObject({
    Username: sub,
    Enabled: true,
    UserStatus: 'CONFIRMED',
    UserCreateDate: expect.any(Date),
  });
  await pool.api.send(new idp.AdminDisableUserCommand({ UserPoolId, Username: sub }));
  expect(await get()).toMatchObject({ Enabled: false });
  await expect(calls.signIn(email)).rejects.toMatchObject(notAuthorized('User is disabled.'));
  await pool.api.send(new idp.AdminEnableUserCommand({ UserPoolId, Username: sub }));
  await pool.api.send(
    new idp.AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: 'Permanent-1-pass', Permanent: true }),
  );
  expect(await calls.signIn(email, 'Permanent-1-pass')).toMatchObject({ TokenType: 'Bearer' });
});

test('a user or a pool that is not there is named', async () => {
  const get = (pool: string) => new idp.AdminGetUserCommand({ UserPoolId: pool, Username: 'nobody@example.com' });
  await expect(pool.api.send(get(UserPoolId))).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  await expect(pool.api.send(get('us-east-1_other'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool us-east-1_other does not exist.',
  });
});

test('an administrator’s call must be signed by a key that may make it', async () => {
  const asked: unknown[] = [];
  const guarded = await aPool({
    secretOf: (key) => (key === 'http-auth' ? 'secret-of-http-auth' : undefined),
    authorize: (call) => {
      asked.push(call);
      return call.action === 'cognito-idp:AdminGetUser' ? undefined : 'because no identity-based policy allows it';
    },
  });
  const { email } = await aPerson(guarded, 'guarded@example.com');
  const Username = email;
  const as = (accessKeyId: string, secretAccessKey: string) =>
    new idp.CognitoIdentityProviderClient({
      region: 'us-east-1',
      endpoint: guarded.url,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
  const get = new idp.AdminGetUserCommand({ UserPoolId, Username });
  try {
    expect(await guarded.api.send(get)).toMatchObject({ Enabled: true });
    expect(asked).toEqual([
      {
        accessKeyId: 'http-auth',
        action: 'cognito-idp:AdminGetUser',
        resource: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
      },
    ]);
    await expect(guarded.api.send(new idp.AdminDeleteUserCommand({ UserPoolId, Username }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: cognito-idp:AdminDeleteUser on resource: arn:aws:cognito-idp:',
      ),
    });
    await expect(as('http-auth', 'guessed').send(get)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(as('nobody', 'x').send(get)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const unsigned = await fetch(guarded.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser' },
      body: JSON.stringify({ UserPoolId, Username }),
    });
    expect([unsigned.status, await unsigned.json()]).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ]);
  } finally {
    await guarded.end();
  }
});

test.each([['not json'], ['[]'], ['"text"'], ['x'.repeat(300_000)]])(
  'a body that is no JSON object is refused',
  async (body) => {
    const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' };
    const response = await fetch(pool.url, { method: 'POST', headers, body });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
  },
);
