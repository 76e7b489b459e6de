// The hosted login in a real browser: Chromium, where the machine has it.
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrolled } from './people.ts';
import { aPerson, aPool, client, clientId, password } from './pool.ts';
import { pkce } from './visitor.ts';

const executablePath = '/usr/bin/chromium';
const there = existsSync(executablePath);

describe.skipIf(!there)(`in Chromium${there ? '' : ` (skipped: there is no ${executablePath})`}`, () => {
  let app: Server;
  let home: string;
  let pool: Awaited<ReturnType<typeof aPool>>;
  let browser: Browser;
  beforeAll(async () => {
    app = createServer((request, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<h1>app</h1><p>${request.url === '/' ? 'home' : 'back'}</p>`),
    );
    await new Promise<void>((ready) => app.listen(0, '127.0.0.1', ready));
    home = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    pool = await aPool({
      clients: [{ ...client, callbackUrls: [`${home}/callback`], logoutUrls: [`${home}/`] }],
      pool: { mfa: 'OPTIONAL' },
    });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await pool?.end();
    app?.close();
  });

  const asking = (challenge: string, more: Record<string, string> = {}) =>
    `${pool.hostedUrl}/oauth2/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${home}/callback`,
      state: 'seen',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    }).toString()}`;

  const aPage = async (locale: string, scripts = true): Promise<{ page: Page; complaints: string[] }> => {
    const context = await browser.newContext({
      locale,
      javaScriptEnabled: scripts,
      viewport: { width: 900, height: 820 },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, complaints };
  };

  test('a person is told of a wrong password, signs in, comes back to the application and logs out', async () => {
    const { email } = await aPerson(pool, 'in.chromium@example.com');
    const { page, complaints } = await aPage('en-GB');
    const { challenge } = pkce();
    await page.goto(asking(challenge));
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Incorrect e-mail address or password.');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${home}/callback?*`);
    expect(new URL(page.url()).searchParams.get('state')).toBe('seen');

    await page.goto(asking(challenge));
    expect(page.url()).toContain(`${home}/callback?code=`);
    await page.goto(`${pool.hostedUrl}/logout?client_id=${clientId}&logout_uri=${encodeURIComponent(`${home}/`)}`);
    expect(page.url()).toBe(`${home}/`);
    await page.goto(asking(challenge));
    expect(await page.getByRole('heading').textContent()).toBe('Sign in to Scriptloom');
    // A wrong password answers 400, which Chromium notes; nothing else is worth a complaint.
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
  }, 60_000);

  test('with scripts switched off, in Chinese, somebody signs up, confirms by the code and signs in', async () => {
    const { page } = await aPage('zh-CN', false);
    await page.goto(asking(pkce().challenge));
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('link', { name: '注册账号' }).click();
    await page.getByLabel('邮箱').fill('xin.ren@example.com');
    await page.getByLabel('姓名').fill('新人');
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '注册账号' }).click();
    await page.getByLabel('邮件中的验证码').fill(pool.codeFor('xin.ren@example.com'));
    await page.getByRole('button', { name: '继续' }).click();
    expect(await page.getByRole('status').textContent()).toBe('邮箱已验证，请登录。');
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(`${home}/callback?*`);
  }, 60_000);

  test('who has an authenticator app is asked for its code after the password', async () => {
    const { email } = await aPerson(pool, 'app.chromium@example.com');
    const code = await enrolled(pool, email);
    const { page } = await aPage('en-GB');
    await page.goto(asking(pkce().challenge));
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByLabel('Six-digit code').fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/^That code is not right/);
    await page.getByLabel('Six-digit code').fill(code());
    await page.keyboard.press('Enter');
    await page.waitForURL(`${home}/callback?*`);
  }, 60_000);

  test('after five wrong passwords the page says to wait; afterwards the right one lets in', async () => {
    const { email } = await aPerson(pool, 'locked.chromium@example.com');
    const { page } = await aPage('zh-CN');
    await page.goto(asking(pkce().challenge));
    const told = async (typed: string) => {
      await page.getByLabel('邮箱').fill(email);
      await page.getByLabel('密码').fill(typed);
      await page.getByRole('button', { name: '登录' }).click();
      return page.getByRole('alert').textContent();
    };
    for (let tries = 1; tries <= 5; tries++) expect(await told('not-the-password')).toBe('邮箱或密码不正确。');
    // a slow browser may outlast the first seconds of the lock, which doubles
    let said = await told('not-the-password');
    for (let tries = 0; tries < 6 && !said?.startsWith('尝试次数过多'); tries++) said = await told('not-the-password');
    expect(said).toBe('尝试次数过多，请稍候再试（最长 15 分钟）。');
    pool.clock.ahead += 16 * 60_000;
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(`${home}/callback?*`);
  }, 60_000);
});
