// The product's mailer against the local SES: what it sends is kept and shown, and nobody else sends.
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterOf } from '../../../core/platform/mail.ts';
import { words } from '../../../core/platform/words.ts';
import { mailer } from '../../../functions/runtime/mail.ts';
import type { Listening } from '../../../local/listen.ts';
import { serveMail } from '../../../local/mail/index.ts';
import { type KeptMail, openMailbox } from '../../../local/mail/mailbox.ts';

const secret = 'secret-of-http-auth';
let directory: string;
let database: DatabaseSync;
let door: Listening;
let allowed = true;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mail-'));
  database = new DatabaseSync(join(directory, 'mails.sqlite'));
  const gate = {
    secretOf: (id: string) => (id === 'http-auth' ? secret : undefined),
    authorize: ({ action, resource }: { action: string; resource: string }) =>
      allowed && action === 'ses:SendEmail' && resource.endsWith(':identity/scriptloom.local')
        ? undefined
        : 'because no identity-based policy allows it',
    sentence: (_: unknown, reason: string) => reason,
  };
  door = await serveMail(openMailbox(database), { gate, port: 0, fault: console.error });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'http-auth',
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_ENDPOINT_URL_SESV2: door.url,
    MAIL_FROM: 'no-reply@scriptloom.local',
  });
});
afterAll(async () => {
  await door.stop();
  database.close();
  rmSync(directory, { recursive: true, force: true });
});

const mail = (to: string, name = '锦灯') => ({
  to,
  subject: words(`${name} 邀请您`, `${name} invites you`),
  text: words('请打开链接。', 'Open the link.'),
});

const shown = async (to: string): Promise<KeptMail[]> =>
  ((await (await fetch(`${door.url}/mails.json?to=${encodeURIComponent(to)}`)).json()) as { mails: KeptMail[] }).mails;

test('a mail is kept in both languages and shown, newest first', async () => {
  await mailer().send(mail('reader@example.com'));
  await mailer().send(mail('reader@example.com', '<b>青瓷</b>'));
  expect(await shown('Reader@example.com')).toMatchObject([
    { subject: '<b>青瓷</b> 邀请您 / <b>青瓷</b> invites you', text: '请打开链接。\n\nOpen the link.\n' },
    { subject: '锦灯 邀请您 / 锦灯 invites you' },
  ]);
  const page = await (await fetch(door.url)).text();
  expect(page).toContain('&lt;b&gt;青瓷&lt;/b&gt; 邀请您');
  expect(page).not.toContain('<b>');
  expect(await shown('somebody.else@example.com')).toEqual([]);
});

test('a name cannot begin a header of its own', () => {
  expect(letterOf(mail('a@example.com', '锦灯\r\nBcc: all@example.com')).subject).toBe(
    '锦灯 Bcc: all@example.com 邀请您 / 锦灯 Bcc: all@example.com invites you',
  );
});

test('a function that may not send is refused, and whoever is no function at all', async () => {
  allowed = false;
  await expect(mailer().send(mail('not.allowed@example.com'))).rejects.toMatchObject({
    code: 'MAIL_UNAVAILABLE',
    cause: { message: 'SES answered 403 AccessDeniedException' },
  });
  allowed = true;
  const unsigned = await fetch(`${door.url}/v2/email/outbound-emails`, { method: 'POST', body: '{}' });
  expect(unsigned.status).toBe(403);
  expect(await shown('not.allowed@example.com')).toEqual([]);
});

test('a page of elsewhere that points its name at this machine reads nothing', async () => {
  const { port } = door;
  const status = await new Promise((resolve) =>
    request({ port, host: '127.0.0.1', path: '/mails.json', headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end(),
  );
  expect(status).toBe(404);
});

test('a stage without an address to send from says so', async () => {
  process.env.MAIL_FROM = '';
  await expect(mailer().send(mail('nobody@example.com'))).rejects.toMatchObject({ code: 'MAIL_UNAVAILABLE' });
  process.env.MAIL_FROM = 'no-reply@scriptloom.local';
});
