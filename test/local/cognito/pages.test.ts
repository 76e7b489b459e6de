import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, clientId, password } from './pool.ts';
import { asking, aVisitor, callback, problemIn } from './visitor.ts';

const UserPoolId = 'us-east-1_localpool';
const incorrect = 'Incorrect e-mail address or password.';
const locked = 'Too many attempts. Wait a little, at most 15 minutes, and try again.';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool();
});
afterAll(() => pool.end());

const atPage = async (path = '/login', more: Record<string, string> = {}, headers?: Record<string, string>) => {
  const visitor = aVisitor(pool.hostedUrl, headers);
  return { visitor, page: await visitor.go(`${path}?${asking(more)}`) };
};

const tryPassword = async (username: string, typed: string) => {
  const { visitor, page } = await atPage();
  return visitor.fill(page, '/login', { username, password: typed });
};

/** What of a page could differ between two addresses, besides the address itself. */
const likeness = (page: { status: number; text: string }, email: string) => ({
  status: page.status,
  text: page.text.replaceAll(email, 'EMAIL').replace(/name="_csrf" value="[^"]*"/g, ''),
});

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

test('somebody who has not confirmed the address is asked for the code, and gets in with it', async () => {
  const email = 'unconfirmed@example.com';
  await pool.api.send(new SignUpCommand({ ClientId: clientId, Username: email, Password: password }));
  expect(problemIn(await tryPassword(email, 'wrong'))).toBe(incorrect);
  const { visitor, page } = await atPage();
  const asked = await visitor.fill(page, '/login', { username: email, password });
  expect(problemIn(asked)).toContain('Your address is not confirmed yet.');
  const first = pool.codeFor(email);
  const again = await visitor.fill(asked, '/resendcode');
  expect(again.text).toContain('a code has been sent');
  const wrong = await visitor.fill(again, '/confirmUser', { code: first === '000000' ? '000001' : '000000' });
  expect(problemIn(wrong)).toContain('That code is not right');
  const confirmed = await visitor.fill(wrong, '/confirmUser', { code: pool.codeFor(email) });
  expect(confirmed.text).toContain('Your address is confirmed.');
  const back = await visitor.fill(confirmed, '/login', { password });
  expect(back.at.searchParams.get('code')).not.toBeNull();
});

test('signing up with an address that is taken looks like signing up with a new one; the owner is told by mail', async () => {
  const { email } = await aPerson(pool, 'taken@example.com');
  const fresh = 'fresh@example.com';
  const through = async (username: string) => {
    const { visitor, page } = await atPage('/signup');
    const asked = await visitor.fill(page, '/signup', { username, name: 'N', password });
    const tries = [asked];
    for (let attempt = 0; attempt < 6; attempt += 1)
      tries.push(await visitor.fill(tries.at(-1) ?? asked, '/confirmUser', { code: 'wrong' }));
    for (let attempt = 0; attempt < 5; attempt += 1) tries.push(await visitor.fill(asked, '/resendcode'));
    return tries.map((one) => likeness(one, username));
  };
  const [taken, free] = [await through(email), await through(fresh)];
  expect(taken).toEqual(free);
  expect(taken.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400, 400, 400, 200, 200, 200, 200, 400]);
  expect(pool.mailbox.findLast(({ to }) => to === email)?.subject).toBe('You have an account already');
});

test('a new account must have a whole address and a password of the policy', async () => {
  const { visitor, page } = await atPage('/signup');
  expect(page.text).toContain('Needs: at least 10 characters, an upper-case letter, a lower-case letter, a digit');
  const fill = (typed: Record<string, string>) =>
    visitor.fill(page, '/signup', { username: 'new@example.com', name: 'N', password, ...typed }).then(problemIn);
  expect(await fill({ username: 'not-an-address' })).toBe('Enter a whole e-mail address, such as name@example.com.');
  expect(await fill({ password: 'Short-1' })).toBe('The password is too short.');
  expect(await fill({ password: 'no-upper-case-1' })).toBe('The password needs an upper-case letter.');
  expect(await fill({ password: 'No-digit-here' })).toBe('The password needs a digit.');
  expect(await fill({ password: `Aa1${'x'.repeat(300)}` })).toBe('The password is too long: 256 characters at most.');
});

test('where the stage believes an address at once, signing up signs in', async () => {
  const open = await aPool({
    preSignUp: (event) => ({ ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } }),
  });
  try {
    const visitor = aVisitor(open.hostedUrl);
    const page = await visitor.go(`/signup?${asking()}`);
    const typed = { username: 'at.once@example.com', name: 'N', password };
    expect((await visitor.fill(page, '/signup', typed)).at.searchParams.get('code')).not.toBeNull();
    expect(problemIn(await visitor.fill(page, '/signup', typed))).toBe(
      'An account with this address exists already. Sign in instead.',
    );
  } finally {
    await open.end();
  }
});

test('a forgotten password is set anew by the code, and the old one and browsers signed in with it are out', async () => {
  const { email } = await aPerson(pool, 'forgot@example.com');
  const elsewhere = await atPage();
  await elsewhere.visitor.fill(elsewhere.page, '/login', { username: email, password });
  const { visitor, page } = await atPage('/forgotPassword');
  const asked = await visitor.fill(page, '/forgotPassword', { username: email });
  expect(asked.text).toContain('If the address has an account, a code has been sent to it.');
  const weak = await visitor.fill(asked, '/confirmForgotPassword', { code: pool.codeFor(email), password: 'weak' });
  expect(problemIn(weak)).toBe('The password is too short.');
  const renewed = 'Another-horse-7';
  const changed = await visitor.fill(weak, '/confirmForgotPassword', { password: renewed });
  expect(changed.text).toContain('Your password is changed.');
  expect(problemIn(await tryPassword(email, password))).toBe(incorrect);
  expect((await tryPassword(email, renewed)).status).toBe(303);
  expect((await elsewhere.visitor.go(`/oauth2/authorize?${asking()}`)).at.pathname).toBe('/login');
});

test('asking for a new password looks alike for everybody, to the limit and beyond', async () => {
  const { email } = await aPerson(pool, 'recovers@example.com');
  const through = async (username: string) => {
    const pages = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const { visitor, page } = await atPage('/forgotPassword');
      const asked = await visitor.fill(page, '/forgotPassword', { username });
      pages.push(asked);
      if (attempt === 4)
        for (let guess = 0; guess < 6; guess += 1)
          pages.push(await visitor.fill(asked, '/confirmForgotPassword', { code: 'wrong', password }));
    }
    return pages.map((one) => likeness(one, username));
  };
  const [known, unknown] = [await through(email), await through('recovers.not@example.com')];
  expect(known).toEqual(unknown);
  expect(known.at(-1)).toMatchObject({ status: 400, text: expect.stringContaining('Try again in an hour.') });
  expect(pool.mailbox.filter(({ to }) => to === 'recovers.not@example.com')).toEqual([]);
});

test('a person with a temporary password chooses an own one before going on', async () => {
  const { email, sub } = await aPerson(pool, 'temporary@example.com');
  const temporary = 'Temporary-1-pass';
  await pool.api.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: temporary, Permanent: false }),
  );
  expect(problemIn(await tryPassword(email, 'wrong'))).toBe(incorrect);
  const { visitor, page } = await atPage();
  const asked = await visitor.fill(page, '/login', { username: email, password: temporary });
  expect(asked.text).toContain('Choose a password of your own');
  expect(visitor.jar.has('cognito')).toBe(false);
  expect(problemIn(await visitor.fill(asked, '/newPassword', { password: 'weak' }))).toBe('The password is too short.');
  const back = await visitor.fill(asked, '/newPassword', { password: 'My-own-pass-9' });
  expect(back.at.searchParams.get('code')).not.toBeNull();
  expect(problemIn(await visitor.fill(asked, '/newPassword', { password: 'Again-pass-9' }))).toBe(
    'This took too long. Sign in again.',
  );
  await pool.api.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: sub, Password: temporary }));
  pool.clock.ahead += 8 * 86_400_000;
  expect(problemIn(await tryPassword(email, temporary))).toContain('This temporary password has expired.');
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
