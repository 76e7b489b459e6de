import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  GlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, client, clientId, password } from './pool.ts';
import { asking, aVisitor, call, callback, pkce } from './visitor.ts';

const UserPoolId = 'us-east-1_localpool';
const other = { ...client, id: 'otherclient', callbackUrls: [callback] };
const scopes = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool({ clients: [{ ...client, scopes }, other] });
});
afterAll(() => pool.end());

type Fields = Record<string, string>;
const token = (fields: Fields) => call(pool.hostedUrl, '/oauth2/token', { client_id: clientId, ...fields });

/** A person signed in on the page, and what came back to the application. */
const aCode = async (email: string, more: Fields = {}) => {
  const person = await aPerson(pool, email);
  const visitor = aVisitor(pool.hostedUrl);
  const page = await visitor.go(`/oauth2/authorize?${asking(more)}`);
  const { at } = await visitor.fill(page, '/login', { username: email, password });
  const code = at.searchParams.get('code') ?? '';
  const exchange = (changed: Fields = {}) =>
    token({ grant_type: 'authorization_code', redirect_uri: callback, code, ...changed });
  return { ...person, visitor, code, exchange };
};

const refresh = (refreshToken = '', changed: Fields = {}) =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changed });

const refused = (error: string) => ({ status: 400, body: expect.objectContaining({ error }) as Fields });

test('a code that comes a second time is refused, and takes the tokens of the first time with it', async () => {
  const { exchange } = await aCode('twice@example.com');
  const first = await exchange();
  expect(first.status).toBe(200);
  expect((await refresh(first.body.refresh_token)).status).toBe(200);
  expect(await exchange()).toEqual(refused('invalid_grant'));
  expect(await refresh(first.body.refresh_token)).toEqual(refused('invalid_grant'));
});

test('of many who bring one code at once nobody keeps a session that the others could not end', async () => {
  const { exchange } = await aCode('at.once@example.com');
  const answers = await Promise.all(Array.from({ length: 8 }, () => exchange()));
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBeLessThanOrEqual(1);
  for (const { body } of given) expect(await refresh(body.refresh_token)).toEqual(refused('invalid_grant'));
});

test.each([
  ['a wrong verifier', { code_verifier: pkce().verifier }],
  ['no verifier', {}],
  ['the challenge itself as verifier', { code_verifier: pkce().challenge }],
])('a code bound to a challenge is not given for %s, and is used up', async (_, wrong) => {
  const { verifier, challenge } = pkce();
  const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
  const { exchange } = await aCode(`pkce.${crypto.randomUUID()}@example.com`, asked);
  expect(await exchange(wrong)).toEqual(refused('invalid_grant'));
  expect(await exchange({ code_verifier: verifier })).toEqual(refused('invalid_grant'));
});

test('a verifier does not fit a code that was asked for without a challenge', async () => {
  const { exchange } = await aCode('no.challenge@example.com');
  expect(await exchange({ code_verifier: pkce().verifier })).toEqual(refused('invalid_grant'));
});

test('a code is of one client and of one address', async () => {
  const one = await aCode('one.client@example.com');
  expect(await one.exchange({ client_id: 'otherclient' })).toEqual(refused('invalid_grant'));
  const two = await aCode('one.address@example.com');
  expect(await two.exchange({ redirect_uri: `${callback}/` })).toEqual(refused('invalid_grant'));
});

test('a code lives five minutes', async () => {
  const early = await aCode('early@example.com');
  const late = await aCode('late@example.com');
  pool.clock.ahead += 4.9 * 60_000;
  expect((await early.exchange()).status).toBe(200);
  pool.clock.ahead += 0.2 * 60_000;
  expect(await late.exchange()).toEqual(refused('invalid_grant'));
});

test('somebody disabled between sign-in and exchange gets no tokens, nor does anybody disabled or deleted at refresh', async () => {
  const before = await aCode('before@example.com');
  await pool.api.send(new AdminDisableUserCommand({ UserPoolId, Username: before.sub }));
  expect(await before.exchange()).toEqual(refused('invalid_grant'));
  expect((await before.visitor.go(`/oauth2/authorize?${asking()}`)).at.pathname).toBe('/login');
  for (const Command of [AdminDisableUserCommand, AdminDeleteUserCommand]) {
    const person = await aCode(`${Command.name.toLowerCase()}@example.com`);
    const { body } = await person.exchange();
    await pool.api.send(new Command({ UserPoolId, Username: person.sub }));
    expect(await refresh(body.refresh_token)).toEqual(refused('invalid_grant'));
  }
});

test('a refresh token gives new tokens of the same sign-in, to its own client only', async () => {
  const { exchange } = await aCode('refresh@example.com');
  const { body } = await exchange();
  expect(await refresh(body.refresh_token, { client_id: 'otherclient' })).toEqual(refused('invalid_grant'));
  const again = await refresh(body.refresh_token);
  expect(again).toMatchObject({ status: 200, body: { expires_in: 3600, id_token: expect.any(String) } });
  expect(again.body.refresh_token).toBeUndefined();
  const claims = (jwt = '') => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Fields;
  const [one, two] = [claims(body.access_token), claims(again.body.access_token)];
  expect(two).toMatchObject({ origin_jti: one.origin_jti, auth_time: one.auth_time, scope: one.scope, version: 2 });
  pool.clock.ahead += 7 * 86_400_000;
  expect(await refresh(body.refresh_token)).toEqual(refused('invalid_grant'));
});

test('revoking a refresh token ends the sign-in; access tokens cannot be revoked, nor another client’s', async () => {
  const { exchange } = await aCode('revoke@example.com');
  const { body } = await exchange();
  const revoke = (fields: Fields) => call(pool.hostedUrl, '/oauth2/revoke', { client_id: clientId, ...fields });
  expect(await revoke({ token: body.access_token ?? '' })).toEqual(refused('unsupported_token_type'));
  await revoke({ token: body.refresh_token ?? '', client_id: 'otherclient' });
  expect((await refresh(body.refresh_token)).status).toBe(200);
  expect((await revoke({ token: body.refresh_token ?? '' })).status).toBe(200);
  expect(await refresh(body.refresh_token)).toEqual(refused('invalid_grant'));
  expect((await revoke({ token: 'nobody-has-this' })).status).toBe(200);
});

const userInfo = (access = '') =>
  fetch(`${pool.hostedUrl}/oauth2/userInfo`, { headers: { authorization: `Bearer ${access}` } });

test('userInfo tells what the scopes allow, until the person is signed out everywhere', async () => {
  const one = await aCode('user.info@example.com', { scope: 'openid email aws.cognito.signin.user.admin' });
  const { body } = await one.exchange();
  const answer = await userInfo(body.access_token);
  expect(await answer.json()).toEqual({ sub: one.sub, email: one.email, email_verified: 'true', username: one.sub });
  const two = await aCode('user.profile@example.com');
  expect(await (await userInfo((await two.exchange()).body.access_token)).json()).toMatchObject({ name: '李砚' });

  await pool.api.send(new GlobalSignOutCommand({ AccessToken: body.access_token }));
  const after = await userInfo(body.access_token);
  expect([after.status, after.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  expect((await userInfo('forged.token.here')).status).toBe(401);
  expect((await fetch(`${pool.hostedUrl}/oauth2/userInfo`)).status).toBe(401);
});

test('without openid there is no id token and userInfo stays shut', async () => {
  const { exchange } = await aCode('no.openid@example.com', { scope: 'email' });
  const { body } = await exchange();
  expect(body.id_token).toBeUndefined();
  expect((await userInfo(body.access_token)).status).toBe(401);
});

test.each([
  [{}, 'invalid_request', 400],
  [{ grant_type: 'password' }, 'unsupported_grant_type', 400],
  [{ grant_type: 'client_credentials' }, 'unauthorized_client', 400],
  [{ grant_type: 'refresh_token' }, 'invalid_request', 400],
  [{ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'guess' }, 'invalid_client', 401],
  [{ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'nobody' }, 'invalid_client', 401],
  [{ grant_type: 'authorization_code', code: 'x' }, 'invalid_request', 400],
])('the token endpoint answers %o with %s', async (fields, error, status) => {
  expect(await token(fields as Fields)).toMatchObject({ status, body: { error } });
});

test('applications find the endpoints and the key set, from any origin', async () => {
  const response = await fetch(`${pool.url}/${UserPoolId}/.well-known/openid-configuration`);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const found = (await response.json()) as Fields;
  expect(found).toMatchObject({
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
    authorization_endpoint: `${pool.url}/oauth2/authorize`,
    token_endpoint: `${pool.url}/oauth2/token`,
    jwks_uri: `${pool.url}${pool.jwksPath}`,
  });
  expect(await (await fetch(found.jwks_uri ?? '')).json()).toMatchObject({
    keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }],
  });
  const preflight = await fetch(`${pool.url}/oauth2/userInfo`, { method: 'OPTIONS' });
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
});
