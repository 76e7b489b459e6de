import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, client, clientId, password } from './pool.ts';
import { asking, aVisitor, callback, pkce, problemIn } from './visitor.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  const device = { ...client, id: 'otherclient', callbackUrls: ['app.scriptloom:/back'] };
  pool = await aPool({ clients: [client, device] });
});
afterAll(() => pool.end());

test.each([
  ['a client nobody knows', { client_id: 'nobody' }, 'There is no application with this client_id'],
  ['an address that is not the client’s', { redirect_uri: 'https://evil.example/' }, 'The redirect_uri is not one of'],
  ['an address one letter longer', { redirect_uri: `${callback}x` }, 'The redirect_uri is not one of'],
  ['an address with a script', { redirect_uri: 'javascript:alert(1)' }, 'The redirect_uri is not one of'],
])('a request with %s goes nowhere', async (_, changed, sentence) => {
  for (const path of ['/oauth2/authorize', '/login', '/signup', '/forgotPassword', '/logout']) {
    const page = await aVisitor(pool.hostedUrl).go(`${path}?${asking(changed)}`);
    expect([page.status, page.at.pathname]).toEqual([400, path]);
    expect(problemIn(page)).toContain(sentence);
  }
});

test('no address but the registered one is ever redirected to', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.webUrl(), fc.string(), fc.tuple(fc.nat(callback.length), fc.string({ minLength: 1, maxLength: 3 }))),
      async (wild) => {
        const uri = typeof wild === 'string' ? wild : callback.slice(0, wild[0]) + wild[1] + callback.slice(wild[0]);
        fc.pre(uri !== callback);
        const query = asking({ redirect_uri: uri, prompt: 'none' });
        const response = await fetch(`${pool.hostedUrl}/oauth2/authorize?${query}`, { redirect: 'manual' });
        expect([response.status, response.headers.get('location')]).toEqual([400, null]);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['another response type', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['the implicit grant', { response_type: 'token' }, 'unauthorized_client'],
  ['no response type', { response_type: '' }, 'invalid_request'],
  ['a scope that is not the client’s', { scope: 'openid phone' }, 'invalid_scope'],
  ['a plain challenge', { code_challenge: pkce().challenge, code_challenge_method: 'plain' }, 'invalid_request'],
  ['a challenge without its method', { code_challenge: pkce().challenge }, 'invalid_request'],
  ['a challenge that is no hash', { code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
])('%s is told to the application, with its state', async (_, changed, error) => {
  const { at } = await aVisitor(pool.hostedUrl).go(`/oauth2/authorize?${asking({ state: 'kept', ...changed })}`);
  expect(at.href).toBe(`${callback}?error=${error}&state=kept`);
});

test('a parameter given twice is refused', async () => {
  const visitor = aVisitor(pool.hostedUrl);
  for (const twice of ['state=a&state=b', 'redirect_uri=https://evil.example', 'client_id=otherclient'])
    expect((await visitor.go(`/oauth2/authorize?${asking()}&${twice}`)).status).toBe(400);
  const body = new URLSearchParams([
    ...Object.entries({ grant_type: 'refresh_token', client_id: clientId }),
    ['client_id', clientId],
  ]);
  expect((await fetch(`${pool.hostedUrl}/oauth2/token`, { method: 'POST', body })).status).toBe(400);
});

test('logging out goes to an address of the client or nowhere', async () => {
  const visitor = aVisitor(pool.hostedUrl);
  for (const uri of ['https://evil.example/', 'http://localhost:5173/x', '//evil.example', '/\\evil.example', '']) {
    const page = await visitor.go(`/logout?client_id=${clientId}&logout_uri=${encodeURIComponent(uri)}`);
    expect([page.status, problemIn(page)?.slice(0, 14)]).toEqual([400, 'The logout_uri']);
  }
});

test('an application on a device gets its code at its own scheme', async () => {
  const { email } = await aPerson(pool, 'device@example.com');
  const visitor = aVisitor(pool.hostedUrl);
  const page = await visitor.go(
    `/oauth2/authorize?${asking({ client_id: 'otherclient', redirect_uri: 'app.scriptloom:/back', state: 's' })}`,
  );
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' app.scriptloom:;");
  const { at } = await visitor.fill(page, '/login', { username: email, password });
  expect(at.href).toMatch(/^app\.scriptloom:\/back\?code=[\w-]{43}&state=s$/);
});
