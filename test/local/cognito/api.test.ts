import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPerson, aPool, client, clientId, password } from './pool.ts';

const UserPoolId = 'us-east-1_localpool';
const legacy = { ...client, id: 'legacyclient', preventUserExistenceErrors: false };
const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });
const incorrect = notAuthorized('Incorrect username or password.');

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool({
    clients: [client, legacy, { ...client, id: 'refreshonly', flows: ['ALLOW_REFRESH_TOKEN_AUTH'] }],
  });
});
afterAll(() => pool.end());

const signIn = async (USERNAME: string, PASSWORD = password, ClientId = clientId) => {
  const AuthParameters = { USERNAME, PASSWORD };
  const answer = await pool.api.send(
    new idp.InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  return answer.AuthenticationResult ?? {};
};
const refresh = (REFRESH_TOKEN = '', ClientId = clientId) =>
  pool.api.send(
    new idp.InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
  );
const signUp = (Username: string, Password = password, UserAttributes: idp.AttributeType[] = []) =>
  pool.api.send(new idp.SignUpCommand({ ClientId: clientId, Username, Password, UserAttributes }));
const confirm = (Username: string, ConfirmationCode: string, ClientId = clientId) =>
  pool.api.send(new idp.ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));

describe('signing up', () => {
  test('an address is taken in any case of its letters', async () => {
    await signUp('Mixed.Case@example.com');
    await expect(signUp('mixed.case@EXAMPLE.com')).rejects.toMatchObject({
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
    await expect(signUp('weak@example.com', weak)).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${reason}`,
    });
  });

  test('what cannot be a name or an attribute is refused', async () => {
    const refused = (message: string) => ({ name: 'InvalidParameterException', message });
    await expect(signUp('no-address')).rejects.toMatchObject(refused('Username should be an email.'));
    await expect(signUp('a@example.com', password, [{ Name: 'shoe', Value: '42' }])).rejects.toMatchObject(
      refused('Attributes did not conform to the schema: shoe: Attribute does not exist in the schema.\n'),
    );
    await expect(signUp('a@example.com', password, [{ Name: 'email_verified', Value: 'true' }])).rejects.toMatchObject(
      refused('Cannot modify the non-mutable attribute email_verified'),
    );
    await expect(signUp('a@example.com', password, [{ Name: 'email', Value: 'b@example.com' }])).rejects.toMatchObject(
      refused('User email does not match the username.'),
    );
    const unknown = new idp.SignUpCommand({ ClientId: 'nobody', Username: 'a@example.com', Password: password });
    await expect(pool.api.send(unknown)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool client nobody does not exist.',
    });
  });

  test('a code works once, for a day, and is not guessed', async () => {
    const email = 'codes@example.com';
    await signUp(email);
    const wrong = pool.codeFor(email) === '000000' ? '000001' : '000000';
    const mismatch = {
      name: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    };
    for (let guess = 0; guess < 5; guess += 1) await expect(confirm(email, wrong)).rejects.toMatchObject(mismatch);
    await expect(confirm(email, pool.codeFor(email))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Attempt limit exceeded, please try after some time.',
    });
    await pool.api.send(new idp.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
    pool.clock.ahead += 24 * 3_600_000;
    await expect(confirm(email, pool.codeFor(email))).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Invalid code provided, please request a code again.',
    });
    await pool.api.send(new idp.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
    await confirm(email, pool.codeFor(email));
    await expect(confirm(email, pool.codeFor(email))).rejects.toMatchObject(
      notAuthorized('User cannot be confirmed. Current status is CONFIRMED'),
    );
  });

  test('five codes an hour and no more', async () => {
    const email = 'many.codes@example.com';
    await signUp(email);
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
      await worded.api.send(
        new idp.SignUpCommand({ ClientId: clientId, Username: 'w@example.com', Password: password }),
      );
      expect(worded.mailbox.at(-1)).toMatchObject({
        subject: '验证码',
        text: expect.stringMatching(/^您的验证码是 (\d{6})。\nCode: \1\.$/),
      });
    } finally {
      await worded.end();
    }
  });
});

describe('signing in', () => {
  test('a client that hides who exists gives one answer, one that does not says who is missing', async () => {
    const { email } = await aPerson(pool, 'hidden@example.com');
    await expect(signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
    await expect(signIn('missing@example.com')).rejects.toMatchObject(incorrect);
    await expect(signIn('missing@example.com', password, 'legacyclient')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    await expect(confirm('missing@example.com', '123456')).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    await expect(confirm('missing@example.com', '123456', 'legacyclient')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'Username/client id combination not found.',
    });
  });

  test('five wrong passwords lock a name out; each further one doubles the wait', async () => {
    const { email } = await aPerson(pool, 'locked@example.com');
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
    const locked = notAuthorized('Password attempts exceeded');
    await expect(signIn(email)).rejects.toMatchObject(locked);
    pool.clock.ahead += 1000;
    await expect(signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
    pool.clock.ahead += 1000;
    await expect(signIn(email)).rejects.toMatchObject(locked);
    pool.clock.ahead += 1000;
    expect(await signIn(email)).toMatchObject({ TokenType: 'Bearer' });
  });

  test('many tries at once do not slip past the count', async () => {
    const { email } = await aPerson(pool, 'storm@example.com');
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => signIn(email, 'Wrong-pass-1')));
    const messages = tries.map((one) => (one.status === 'rejected' ? (one.reason as Error).message : 'signed in'));
    expect(messages.filter((message) => message === incorrect.message)).toHaveLength(5);
    expect(messages.filter((message) => message === 'Password attempts exceeded')).toHaveLength(15);
  });

  test('a password longer than any that can be set is wrong, whatever it begins with', async () => {
    const longest = `Aa1${'x'.repeat(253)}`;
    const { UserSub = '' } = await signUp('longest@example.com', longest);
    await confirm('longest@example.com', pool.codeFor('longest@example.com'));
    await expect(signIn(UserSub, `${longest}y`)).rejects.toMatchObject(incorrect);
    expect(await signIn(UserSub, longest)).toMatchObject({ ExpiresIn: 3600 });
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
    await expect(signIn('a@example.com', password, 'refreshonly')).rejects.toMatchObject({
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    });
    const groups = new idp.CreateGroupCommand({ UserPoolId, GroupName: 'g' });
    await expect(pool.api.send(groups)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('CreateGroup is not available locally. There are: AdminDeleteUser, '),
    });
    const mfa = new idp.RespondToAuthChallengeCommand({ ClientId: clientId, ChallengeName: 'SOFTWARE_TOKEN_MFA' });
    await expect(pool.api.send(mfa)).rejects.toMatchObject({
      message: 'ChallengeName SOFTWARE_TOKEN_MFA is not available locally; NEW_PASSWORD_REQUIRED is.',
    });
  });

  test('a temporary password leads to the challenge, and its answer to tokens', async () => {
    const { email, sub } = await aPerson(pool, 'challenged@example.com');
    await pool.api.send(new idp.AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: 'Temporary-1' }));
    await expect(signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
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
    expect(await signIn(email, 'My-own-pass-9')).toMatchObject({ TokenType: 'Bearer' });
  });
});

describe('being signed in', () => {
  test('GetUser tells who one is, until the sign-in is revoked', async () => {
    const { email, sub } = await aPerson(pool, 'get.user@example.com');
    const { AccessToken, RefreshToken } = await signIn(email);
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
    await expect(refresh(RefreshToken)).rejects.toMatchObject(notAuthorized('Refresh Token has been revoked'));
  });

  test('only the client of a refresh token may use or revoke it, and only refresh tokens are revoked', async () => {
    const { email } = await aPerson(pool, 'own.token@example.com');
    const { AccessToken, RefreshToken } = await signIn(email);
    const revoke = (Token = '', ClientId = clientId) => pool.api.send(new idp.RevokeTokenCommand({ ClientId, Token }));
    await expect(refresh(RefreshToken, 'legacyclient')).rejects.toMatchObject(notAuthorized('Invalid Refresh Token'));
    await expect(revoke(RefreshToken, 'legacyclient')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(revoke(AccessToken)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
    expect((await refresh(RefreshToken)).AuthenticationResult).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
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
    [
      'AdminDisableUser',
      (Username: string) => pool.api.send(new idp.AdminDisableUserCommand({ UserPoolId, Username })),
    ],
    ['AdminDeleteUser', (Username: string) => pool.api.send(new idp.AdminDeleteUserCommand({ UserPoolId, Username }))],
  ])('%s ends every sign-in of the person and of nobody else', async (name, end) => {
    const { email } = await aPerson(pool, `${name.toLowerCase()}@example.com`);
    const other = await signIn((await aPerson(pool, `other.${name.toLowerCase()}@example.com`)).email);
    const signIns = [await signIn(email), await signIn(email)];
    await end(email, signIns[0]?.AccessToken);
    for (const { AccessToken, RefreshToken } of signIns) {
      await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(pool.api.send(new idp.GetUserCommand({ AccessToken }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
    }
    expect((await refresh(other.RefreshToken)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  test('tokens that are forged, of another kind or too old are not taken', async () => {
    const { email } = await aPerson(pool, 'old.token@example.com');
    const { AccessToken = '', IdToken } = await signIn(email);
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
});

describe('passwords', () => {
  test('a person changes the password by the old one; guessing it locks out', async () => {
    const { email } = await aPerson(pool, 'changes@example.com');
    const { AccessToken } = await signIn(email);
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      pool.api.send(new idp.ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
    await expect(change(password, 'weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await change(password, 'Another-horse-7');
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(change(password, 'Third-horse-77')).rejects.toMatchObject(incorrect);
    await expect(change('Another-horse-7', 'Third-horse-77')).rejects.toMatchObject({ name: 'LimitExceededException' });
    pool.clock.ahead += 1000;
    expect(await signIn(email, 'Another-horse-7')).toMatchObject({ TokenType: 'Bearer' });
  });

  const forgot = (Username: string, ClientId = clientId) =>
    pool.api.send(new idp.ForgotPasswordCommand({ ClientId, Username }));
  const recover = (Username: string, ConfirmationCode: string, Password = 'Another-horse-7', ClientId = clientId) =>
    pool.api.send(new idp.ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));

  test('a forgotten password is set anew by a code, which also ends a lock-out', async () => {
    const { email } = await aPerson(pool, 'recover@example.com');
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(signIn(email, 'Wrong-pass-1')).rejects.toMatchObject(incorrect);
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
    expect(await signIn(email, 'Another-horse-7')).toMatchObject({ TokenType: 'Bearer' });
    await expect(recover(email, pool.codeFor(email))).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    await forgot(email);
    pool.clock.ahead += 3_600_000;
    await expect(recover(email, pool.codeFor(email))).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  test('who cannot recover a password is answered like who can, unless the client tells', async () => {
    await signUp('unproven@example.com');
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
});

describe('administrators', () => {
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
    await expect(signIn(email)).rejects.toMatchObject(notAuthorized('User is disabled.'));
    await pool.api.send(new idp.AdminEnableUserCommand({ UserPoolId, Username: sub }));
    await pool.api.send(
      new idp.AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: 'Permanent-1-pass', Permanent: true }),
    );
    expect(await signIn(email, 'Permanent-1-pass')).toMatchObject({ TokenType: 'Bearer' });
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
});

test.each([['not json'], ['[]'], ['"text"'], ['x'.repeat(300_000)]])(
  'a body that is no JSON object is refused',
  async (body) => {
    const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' };
    const response = await fetch(pool.url, { method: 'POST', headers, body });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
  },
);
