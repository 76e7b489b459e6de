// The hosted login in a real browser, on the running cloud: what comes back is taken by the API, and is not any more after logging out.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { codeAt } from '../../local/cognito/totp.ts';
import { aPerson, clientOf, forAccount, type Person, password } from '../kit/client.ts';

const executablePath = '/usr/bin/chromium';
const there = existsSync(executablePath);

describe.skipIf(!there)(`in Chromium${there ? '' : ` (skipped: there is no ${executablePath})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser?.close());

  const login = () => new URL(inject('cloud').loginUrl);
  const callback = () => login().searchParams.get('redirect_uri') ?? '';
  const client_id = () => login().searchParams.get('client_id') ?? '';

  /** The login page, asked for by an application with PKCE. */
  async function asked(): Promise<{ page: Page; verifier: string }> {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const verifier = randomBytes(32).toString('base64url');
    const url = login();
    url.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    url.searchParams.set('code_challenge_method', 'S256');
    await page.goto(url.href);
    return { page, verifier };
  }

  async function signIn(page: Page, email: string, typed = password): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(typed);
    await page.keyboard.press('Enter');
  }

  /** Tokens for the code that `last` sends the browser back with; nobody listens there, the address is enough. */
  async function tokens(page: Page, verifier: string, last: () => Promise<void>) {
    const [back] = await Promise.all([page.waitForRequest((one) => one.url().startsWith(`${callback()}?`)), last()]);
    const code = new URL(back.url()).searchParams.get('code') ?? '';
    const body = { grant_type: 'authorization_code', client_id: client_id(), redirect_uri: callback(), code };
    const answer = await fetch(`${login().origin}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...body, code_verifier: verifier }),
    });
    return (await answer.json()) as { access_token: string; refresh_token: string };
  }

  /** Gives a person an authenticator app; answers its codes. */
  async function enrolled({ token }: Person): Promise<() => string> {
    const client = await forAccount(token);
    const { secret } = await client.mfaEnrol({});
    await client.mfaConfirm({ code: codeAt(secret, Date.now() - 30_000), name: 'phone' });
    return () => codeAt(secret, Date.now());
  }

  test('password and code of the app let in; logging out ends it for browser, API and refresh token', async () => {
    const person = await aPerson('browser');
    const code = await enrolled(person);
    const { page, verifier } = await asked();
    await signIn(page, person.email);
    await page.getByLabel('Six-digit code').fill(code());
    const { access_token, refresh_token } = await tokens(page, verifier, () => page.keyboard.press('Enter'));
    const client = clientOf(access_token);
    const { last_login: before } = await person.client.memberMe();
    const me = await client.memberMe();
    expect(me).toMatchObject({ email: person.email, role: 'owner' });
    expect(me.last_login).toBeGreaterThan(before ?? 0);
    const { items } = await client.sessionList();
    const current = items.filter((one) => one.current);
    expect(current).toHaveLength(1);
    // the line of the first call, which tells from where; the other is of the token that came with the registration
    const told = async () => (await person.client.auditList({ verb: 'member.login', object: person.user.id })).items;
    expect(await told()).toMatchObject([{ actor: person.user.id, ip: current[0]?.ip }, { actor: person.user.id }]);
    await Promise.all(Array.from({ length: 8 }, () => client.memberMe()));
    expect(await told()).toHaveLength(2);

    await client.memberLogout({ refresh: refresh_token });
    await expect(client.memberRefresh({ refresh: refresh_token })).rejects.toMatchObject({ code: 'INVALID_REFRESH' });
    const leaving = new URLSearchParams({ client_id: client_id(), logout_uri: callback() }).toString();
    const [left] = await Promise.all([
      page.waitForRequest(callback()),
      page.goto(`${login().origin}/logout?${leaving}`).catch(() => 'nobody listens there'),
    ]);
    expect(left.url()).toBe(callback());
    const again = await page.context().newPage();
    await again.goto(login().href);
    expect(await again.getByRole('heading').textContent()).toBe('Sign in to Scriptloom');
  }, 60_000);

  test('logging out everywhere refuses a token of the browser that was not used yet', async () => {
    const person = await aPerson('everywhere');
    const { page, verifier } = await asked();
    const { access_token } = await tokens(page, verifier, () => signIn(page, person.email));
    await person.client.memberLogout({});
    await expect(clientOf(access_token).memberMe()).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  }, 60_000);

  test('five wrong passwords lock: the page says to wait', async () => {
    const { email } = await aPerson('locked');
    const { page } = await asked();
    const told = async () => {
      await signIn(page, email, 'Not-The-One-2026!');
      await page.waitForLoadState();
      return page.getByRole('alert').textContent();
    };
    for (let tries = 1; tries <= 5; tries++) expect(await told()).toBe('Incorrect e-mail address or password.');
    // a slow browser may outlast the first seconds of the lock, which doubles
    let said = await told();
    for (let tries = 0; tries < 6 && !said?.startsWith('Too many'); tries++) said = await told();
    expect(said).toBe('Too many attempts. Wait a little, at most 15 minutes, and try again.');
  }, 60_000);
});
