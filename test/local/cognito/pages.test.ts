import { AdminDisableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, password } from './pool.ts';
import { asking, aVisitor, callback, likeness, problemIn, visitsTo } from './visitor.ts';

const UserPoolId = 'us-east-1_localpool';
const incorrect = 'Incorrect e-mail address or password.';
const locked = 'Too many attempts. Wait a little, at most 15 minutes, and try again.';

let atPage: ReturnType<typeof visitsTo>['atPage'];
let tryPassword: ReturnType<typeof visitsTo>['tryPassword'];
let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool();
  ({ atPage, tryPassword } = visitsTo(pool.hostedUrl));
});
afterAll(() => pool.end());

test('what a stranger puts into the address or the form comes back as text', async () => {
  const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
  const more = { state: attack, nonce: attack, login_hint: attack, lang: attack };
  const { visitor, page } = await atPage('/login', more);
  const posted = await visitor.fill(page, '/login', { username: attack, password: attack });
  const signUp = await visitor.go(`/signup?${asking(more)}`);
  const refused = await visitor.fill(signUp, '/signup', { username: attack, name: attack, password });
  const error = await visitor.go(`/login?client_id=${encodeURIComponent(attack)}`);
  for (const { text, headers } of [page, posted, signUp, refused, error]) {
    expect(text).not.toMatch(/<script|<img/i);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
  expect(posted.text).toContain('value="&quot;&gt;&lt;script&gt;');
  expect(problemIn(posted)).toBe(incorrect);
  expect(refused.text).toContain('value="&quot;&gt;&lt;script&gt;');
});

test('a trigger’s own words are shown, as text', async () => {
  const strict = await aPool({
    preSignUp: () => {
      throw new Error('<b>Only people of the studio</b>');
    },
  });
  try {
    const visitor = aVisitor(strict.hostedUrl);
    const page = await visitor.go(`/signup?${asking()}`);
    const answer = await visitor.fill(page, '/signup', { username: 'a@example.com', name: 'A', password });
    expect(problemIn(answer)).toBe('PreSignUp failed with error <b>Only people of the studio</b>.');
    expect(answer.text).not.toContain('<b>');
  } finally {
    await strict.end();
  }
});

test('a form that is not of this browser, or comes from another site, is not looked at', async () => {
  const { email } = await aPerson(pool, 'forged@example.com');
  const { visitor, page } = await atPage();
  const good = { username: email, password };
  const path = `/login?${asking()}`;
  const csrf = visitor.jar.get('cognito-csrf') ?? '';
  const stranger = (await atPage()).visitor.jar.get('cognito-csrf') ?? '';
  const attempts = [
    visitor.post(path, good),
    visitor.post(path, { ...good, _csrf: stranger }),
    visitor.post(path, { ...good, _csrf: csrf }, { origin: 'https://evil.example' }),
    visitor.post(path, { ...good, _csrf: csrf }, { origin: 'null' }),
    visitor.post(path, { ...good, _csrf: csrf }, { 'sec-fetch-site': 'cross-site' }),
    aVisitor(pool.hostedUrl).post(path, { ...good, _csrf: csrf }),
    aVisitor(pool.hostedUrl).post(path, { ...good, _csrf: '' }),
  ];
  for (const answer of await Promise.all(attempts)) {
    expect(answer.status).toBe(403);
    expect(problemIn(answer)).toBe('This form had expired. Fill it in once more.');
  }
  expect(visitor.jar.has('cognito')).toBe(false);
  expect((await visitor.fill(page, '/login', good)).at.href).toContain(`${callback}?code=`);
});

test('the session cookie is out of reach of scripts and other sites', async () => {
  const { email } = await aPerson(pool, 'cookie@example.com');
  const { visitor, page } = await atPage();
  const { headers } = await visitor.fill(page, '/login', { username: email, password });
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^cognito=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/),
  ]);
});

test('a wrong password, an unknown address and a lock-out look alike for those who exist and those who do not', async () => {
  const { email } = await aPerson(pool, 'exists@example.com');
  const nobody = 'nobody@example.com';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [one, other] = [await tryPassword(email, 'wrong'), await tryPassword(nobody, 'wrong')];
    expect(problemIn(one)).toBe(incorrect);
    expect(likeness(one, email)).toEqual(likeness(other, nobody));
  }
  const [one, other] = [await tryPassword(email, password), await tryPassword(nobody, password)];
  expect(problemIn(one)).toBe(locked);
  expect(likeness(one, email)).toEqual(likeness(other, nobody));
  pool.clock.ahead += 15 * 60_000;
  expect((await tryPassword(email, password)).status).toBe(303);
});

test('only who knows the password learns that an account is disabled', async () => {
  const { email, sub } = await aPerson(pool, 'disabled@example.com');
  await pool.api.send(new AdminDisableUserCommand({ UserPoolId, Username: sub }));
  expect(problemIn(await tryPassword(email, 'wrong'))).toBe(incorrect);
  expect(problemIn(await tryPassword(email, password))).toContain('This account is disabled.');
});

test('the pages speak the language asked for, or else the one the browser likes best', async () => {
  const languageOf = async (more: Record<string, string>, accepted: string) =>
    /<html lang="([^"]*)"/.exec((await atPage('/login', more, { 'accept-language': accepted })).page.text)?.[1];
  expect(await languageOf({}, 'fr, en;q=0.3, zh-TW;q=0.8')).toBe('zh-CN');
  expect(await languageOf({}, 'zh;q=0, en')).toBe('en');
  expect(await languageOf({ lang: 'zh-CN' }, 'en')).toBe('zh-CN');
  expect(await languageOf({}, 'fr')).toBe('en');
  const { visitor, page } = await atPage('/login', { lang: 'zh-CN' }, { 'accept-language': 'en' });
  expect(problemIn(await visitor.fill(page, '/login', { username: 'x@example.com', password: 'x' }))).toBe(
    '邮箱或密码不正确。',
  );
  expect(page.text).toContain('lang=en');
});

test('every field has a label, and a failed one is tied to the sentence that says why', async () => {
  const failed = await tryPassword('label@example.com', 'wrong');
  for (const name of ['username', 'password']) {
    expect(failed.text).toContain(`<label for="${name}">`);
    expect(failed.text).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true" aria-describedby="problem"`));
  }
  expect(failed.text).toContain('role="alert" id="problem"');
});

test('a path nobody serves is not found, and a form too long is not read', async () => {
  const visitor = aVisitor(pool.hostedUrl);
  expect((await visitor.go('/oauth2/idpresponse')).status).toBe(404);
  expect((await visitor.go('/constructor')).status).toBe(404);
  expect((await visitor.post('/oauth2/token', { grant_type: 'x'.repeat(300_000) })).status).toBe(400);
});
