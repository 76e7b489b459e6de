// Signing in as existing clients do it, over HTTP.
import { describe, expect, inject, test } from 'vitest';
import { codeAt } from '../../local/cognito/totp.ts';
import { signIn } from '../../scripts/demo/sign-in.ts';
import { aMember, aPerson, clientOf, forAccount, password, said } from '../kit/client.ts';

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${inject('cloud').apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify(body),
  });

const anEmail = () => `auth-${process.pid}-${Math.random().toString(36).slice(2)}@example.com`;

test('register, login, me, refresh, logout', async () => {
  const email = anEmail();
  const registered = await said(await post('/auth/register', { email, password, name: '李砚', tenant_name: '锦灯' }));
  expect(registered).toMatchObject({
    success: true,
    code: 0,
    data: {
      user: { email, name: '李砚' },
      token: { access: expect.any(String), refresh: expect.any(String), expiresIn: expect.any(Number) },
      confirmation_required: false,
    },
  });
  const { data } = await said(await post('/auth/login', { email, password }));
  expect(data.user).toMatchObject({ email, role: 'owner', tenant_id: expect.stringMatching(/^[0-9a-z]{26}$/) });
  const { access, refresh } = data.token as { access: string; refresh: string };
  const authorization = { authorization: `Bearer ${access}` };
  const me = await said(await fetch(`${inject('cloud').apiUrl}/api/v1/auth/me`, { headers: authorization }));
  expect(me.data).toMatchObject({
    email,
    user: { email },
    role: 'owner',
    quota_total: 10_240_000 * 1024 ** 2,
    quota_used: 0,
    quota_percent: 0,
    tenant: { name: '锦灯' },
  });
  const renewed = await said(await post('/auth/refresh', { refresh }));
  expect(renewed.data.token).toMatchObject({ access: expect.any(String) });
  expect((await post('/auth/logout', {}, authorization)).status).toBe(200);
  const after = await post('/auth/refresh', { refresh });
  expect([after.status, (await said(after)).error.code]).toEqual([401, 'INVALID_REFRESH']);
});

describe('refusals have a status, a code and a sentence in the language asked for', () => {
  test.each([
    ['/auth/login', { email: 'nobody@example.com', password }, 401, 'WRONG_CREDENTIALS'],
    ['/auth/login', { email: 'nobody' }, 400, 'INVALID_REQUEST'],
    ['/auth/register', { email: 'weak@example.com', password: 'abc', name: 'x' }, 400, 'WEAK_PASSWORD'],
    ['/auth/register', { email: 'weak@example.com', password: 'P@ssw0rd2026!', name: 'x' }, 400, 'WEAK_PASSWORD'],
    ['/auth/refresh', { refresh: 'nonsense' }, 401, 'INVALID_REFRESH'],
    [
      '/auth/password/reset',
      { email: 'nobody@example.com', code: '123456', password: 'Quiet-Harbor-77?' },
      400,
      'WRONG_CODE',
    ],
    ['/auth/confirm', { email: 'nobody@example.com', code: '123456' }, 400, 'WRONG_CODE'],
  ])('%s %o: %i %s', async (path, body, status, code) => {
    const english = await post(path, body);
    const chinese = await post(path, body, { 'accept-language': 'zh-CN,zh;q=0.9' });
    expect([english.status, chinese.status]).toEqual([status, status]);
    const [en, zh] = [await said(english), await said(chinese)];
    expect([en.error.code, zh.error.code]).toEqual([code, code]);
    expect(en.error.message).toMatch(/^[A-Z]/);
    expect(zh.error.message).toMatch(/[\u4e00-\u9fff]/);
  });
});

test('the demo person signs in again, and is told when the password is another by now', async () => {
  const person = { email: anEmail(), password, name: '演示', tenant_name: '演示' };
  for (const _ of ['registers', 'signs in']) {
    const client = await signIn(inject('cloud').apiUrl, person);
    expect((await client.memberMe()).email).toBe(person.email);
  }
  await expect(signIn(inject('cloud').apiUrl, { ...person, password: `${password}?` })).rejects.toMatchObject({
    code: 'PASSWORD_CHANGED',
    message: expect.stringMatching(/密码已被修改.*--state/),
  });
});

test('an address can be registered once', async () => {
  const { email } = await aPerson('once');
  const answer = await post('/auth/register', { email, password, name: 'again' });
  expect([answer.status, (await said(answer)).error.code]).toEqual([409, 'EMAIL_TAKEN']);
});

test('who left the only organisation and has an authenticator app joins another by its invitation, and signs in with a code', async () => {
  const studio = await aPerson('studio');
  const leaver = await aMember(await aPerson('left'), 'editor');
  const account = await forAccount(leaver.token);
  const { secret } = await account.mfaEnrol({});
  await account.mfaConfirm({ code: codeAt(secret, Date.now() - 30_000), name: 'phone' });
  await leaver.client.memberLeave();
  const { email } = leaver;
  const { code: invitation } = await studio.client.invitationCreate({ email, role: 'viewer' });
  const answer = await post('/auth/register', { email, password, name: '李砚', invitation });
  expect([answer.status, (await said(answer)).data]).toEqual([
    201,
    {
      user: { id: leaver.user.id, email, name: '李砚', tenant_id: studio.user.tenant_id, role: 'viewer' },
      confirmation_required: false,
    },
  ]);
  const { data } = await said(await post('/auth/login', { email, password }));
  const challenge = { email, ...(data.challenge as object), answer: codeAt(secret, Date.now()) };
  const signedIn = await said(await post('/auth/challenge', challenge));
  const client = clientOf((signedIn.data.token as { access: string }).access);
  expect(await client.memberMe()).toMatchObject({ tenant_id: studio.user.tenant_id, role: 'viewer' });
  expect(await client.mfaGet()).toEqual({ enabled: true, name: 'phone', required: false });
});

test('a registration with an Idempotency-Key is answered again, and only to who sends it again', async () => {
  const body = { email: anEmail(), password, name: 'twice' };
  const key = { 'idempotency-key': `register-${Math.random()}` };
  const first = await said(await post('/auth/register', body, key));
  const again = await post('/auth/register', body, key);
  expect(again.status).toBe(201);
  expect((await said(again)).data).toEqual(first.data);
  const other = await post('/auth/register', { ...body, name: 'other' }, key);
  expect([other.status, (await said(other)).error.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
});

test('a forgotten password is set anew by the code of a mail; tokens of before are refused, and the owner is told', async () => {
  const email = anEmail();
  const { data } = await said(await post('/auth/register', { email, password, name: '李砚' }));
  const { access, refresh } = data.token as { access: string; refresh: string };
  expect((await post('/auth/password/forgot', { email })).status).toBe(200);
  const code = /\d{6}/.exec((await mailsTo(email))[0]?.text ?? '')?.[0] ?? '';
  const chosen = 'Quiet-Harbor-77?';
  expect((await post('/auth/password/reset', { email, code, password: chosen })).status).toBe(200);
  const me = await fetch(`${inject('cloud').apiUrl}/api/v1/auth/me`, {
    headers: { authorization: `Bearer ${access}` },
  });
  expect([me.status, (await post('/auth/refresh', { refresh })).status]).toEqual([401, 401]);
  expect((await post('/auth/login', { email, password: chosen })).status).toBe(200);
  expect((await mailsTo(email))[0]?.subject).toBe('您的 Scriptloom 密码已修改 / Your Scriptloom password was changed');
});

async function mailsTo(email: string) {
  const answer = await fetch(`${inject('cloud').mailUrl}/mails.json?to=${encodeURIComponent(email)}`);
  return ((await answer.json()) as { mails: { subject: string; text: string }[] }).mails;
}

test('whoever comes into another organisation of his leaves one line there, and nothing of where he came from', async () => {
  const [studio, guest] = await Promise.all([aPerson('host'), aPerson('both')]);
  const { code } = await studio.client.invitationCreate({ email: guest.email, role: 'editor' });
  await guest.client.invitationAccept({ code });
  const tenant = (await studio.client.memberMe()).tenant.id;
  const { token } = await guest.client.memberRefresh({ refresh: guest.token.refresh, tenant_id: tenant });
  const there = clientOf(token.access);
  await Promise.all(Array.from({ length: 8 }, () => there.memberMe()));
  const lines = async ({ client }: typeof studio) =>
    (await client.auditList({ object: guest.user.id })).items.filter(({ verb }) => /login|switch/.test(verb));
  expect(await lines(studio)).toMatchObject([{ verb: 'member.switch', actor: guest.user.id, ip: expect.any(String) }]);
  expect(JSON.stringify(await lines(studio))).not.toContain(guest.user.tenant_id);
  expect(await lines(guest)).toMatchObject([{ verb: 'member.login', actor: guest.user.id }]);
  // the tokens of the first organisation go on, and back there is no new sign-in
  const back = await clientOf().memberRefresh({ refresh: token.refresh });
  await clientOf(back.token.access).memberMe();
  expect([await lines(studio), await lines(guest)].map(({ length }) => length)).toEqual([1, 1]);
});

test('a refresh of an ended sign-in, or of somebody who was removed, is refused and leaves a line with where it came from', async () => {
  const owner = await aPerson('keeper');
  const gone = await aMember(owner, 'editor');
  const { token } = await clientOf().memberLogin({ email: gone.email, password });
  const refused = async (refresh = '') => {
    const answer = await post('/auth/refresh', { refresh });
    return [answer.status, (await said(answer)).error.code];
  };
  const session = (await clientOf(token?.access).sessionList()).items.find(({ current }) => current)?.id ?? '';
  await gone.client.sessionEnd({ id: session });
  expect(await refused(token?.refresh)).toEqual([401, 'INVALID_REFRESH']);
  const lines = async (sought: object) =>
    (await owner.client.auditList({ actor: gone.user.id, ...sought })).items.filter(
      ({ verb, after }) => verb === 'access.refused' && after?.verb === 'member.refresh',
    );
  const line = { actor: gone.user.id, ip: expect.any(String), after: { refused: 'INVALID_REFRESH', count: 1 } };
  expect(await lines({ object: session })).toMatchObject([{ ...line, session }]);
  const removed = await aMember(owner, 'viewer');
  await owner.client.memberRemove({ id: removed.user.id ?? '' });
  expect(await refused(removed.token.refresh)).toEqual([403, 'MEMBER_INACTIVE']);
  const told = (await owner.client.auditList({ actor: removed.user.id })).items;
  expect(told).toContainEqual(
    expect.objectContaining({
      verb: 'access.refused',
      object: removed.user.id,
      after: { verb: 'member.refresh', refused: 'MEMBER_INACTIVE', count: 1 },
    }),
  );
});
