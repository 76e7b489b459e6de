import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, clientId, password } from './pool.ts';
import { asking, aVisitor, call, callback, pkce } from './visitor.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool({
    preToken: (event) => ({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: { tenant_id: '01h', role: 'owner', source: event.triggerSource },
          },
        },
      },
    }),
  });
});
afterAll(() => pool.end());

const signedIn = async (email: string, more: Record<string, string> = {}) => {
  const visitor = aVisitor(pool.hostedUrl);
  const page = await visitor.go(`/oauth2/authorize?${asking(more)}`);
  return { visitor, back: await visitor.fill(page, '/login', { username: email, password }) };
};

test('a person signs in on the page, and the application changes the code for tokens that carry the tenant', async () => {
  const { email, sub } = await aPerson(pool, 'sign.in@example.com');
  const { verifier, challenge } = pkce();
  const visitor = aVisitor(pool.hostedUrl);
  const asked = { code_challenge: challenge, code_challenge_method: 'S256', state: 's p&=ü', nonce: 'n-1' };
  const page = await visitor.go(`/oauth2/authorize?${asking(asked)}`);
  expect(page.at.pathname).toBe('/login');
  const back = await visitor.fill(page, '/login', { username: email, password });
  expect(back.at.origin + back.at.pathname).toBe(callback);
  expect(back.at.searchParams.get('state')).toBe('s p&=ü');

  const { status, body } = await call(pool.hostedUrl, '/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: callback,
    code: back.at.searchParams.get('code') ?? '',
    code_verifier: verifier,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, refresh_token: expect.any(String) });
  const keys = createRemoteJWKSet(new URL(pool.jwksPath, pool.url));
  const access = await jwtVerify(body.access_token ?? '', keys, { issuer: pool.issuer });
  expect(access.payload).toMatchObject({
    sub,
    client_id: clientId,
    token_use: 'access',
    scope: 'openid email profile',
    tenant_id: '01h',
    role: 'owner',
    source: 'TokenGeneration_HostedAuth',
    version: 2,
  });
  const id = await jwtVerify(body.id_token ?? '', keys, { issuer: pool.issuer, audience: clientId });
  expect(id.payload).toMatchObject({ sub, email, nonce: 'n-1', token_use: 'id', at_hash: expect.any(String) });
});

test('a browser that is signed in gets a code without being asked, until it logs out', async () => {
  const { email } = await aPerson(pool, 'stays@example.com');
  const { visitor } = await signedIn(email);
  const again = await visitor.go(`/oauth2/authorize?${asking()}`);
  expect(again.at.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  expect((await visitor.go(`/oauth2/authorize?${asking({ prompt: 'login' })}`)).at.pathname).toBe('/login');

  const out = await visitor.go(
    `/logout?client_id=${clientId}&logout_uri=${encodeURIComponent('http://localhost:5173/')}`,
  );
  expect(out.at.href).toBe('http://localhost:5173/');
  expect(visitor.jar.has('cognito')).toBe(false);
  const silent = await visitor.go(`/oauth2/authorize?${asking({ prompt: 'none', state: 'x' })}`);
  expect(silent.at.search).toBe('?error=login_required&state=x');
});

test('a cookie kept from before logging out signs nobody in', async () => {
  const { email } = await aPerson(pool, 'kept.cookie@example.com');
  const { visitor } = await signedIn(email);
  const kept = visitor.jar.get('cognito') ?? '';
  expect((await visitor.go(`/logout?${asking()}`)).at.pathname).toBe('/login');
  visitor.jar.set('cognito', kept);
  expect((await visitor.go(`/oauth2/authorize?${asking()}`)).at.pathname).toBe('/login');
});
