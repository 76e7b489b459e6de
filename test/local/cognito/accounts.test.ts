import { AdminSetUserPasswordCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson, aPool, clientId, password } from './pool.ts';
import { asking, aVisitor, likeness, problemIn, visitsTo } from './visitor.ts';

const UserPoolId = 'us-east-1_localpool';
const incorrect = 'Incorrect e-mail address or password.';

let atPage: ReturnType<typeof visitsTo>['atPage'];
let tryPassword: ReturnType<typeof visitsTo>['tryPassword'];
let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool();
  ({ atPage, tryPassword } = visitsTo(pool.hostedUrl));
});
afterAll(() => pool.end());

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
