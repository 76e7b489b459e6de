// Keys of the API, from where they are made to where they are let in: through the authorizer and the function, on the real tables.
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, list, revoke, rotate } from '../../core/apikey/index.ts';
import { hashOf, isWellFormed, newSecret } from '../../core/apikey/secret.ts';
import * as Audit from '../../core/audit/index.ts';
import { commit } from '../../core/platform/commit.ts';
import * as Project from '../../core/project/index.ts';
import { amending } from '../../core/tenant/directory.ts';
import { changePlan } from '../../core/tenant/quota/change-plan.ts';
import { handler as keys } from '../../functions/http/api-key.ts';
import { handler as authorize } from '../../functions/http/authorizer.ts';
import { handler as projects } from '../../functions/http/project.ts';
import type { HttpEvent } from '../../functions/runtime/exchange.ts';
import { meanwhile } from '../kit/meanwhile.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
let project: string;
let foreign: string;
beforeAll(async () => {
  t = await aTenant();
  project = (await Project.create(t.ctx, { title: '雨巷' })).id;
  foreign = (await Project.create(t.ctx, { title: '灯塔' })).id;
});
afterAll(() => t.stop());

const from = '203.0.113.7';

/** A call as the gateway brings it: the authorizer first, then the function. */
async function call(key: string, method: string, path: string, body?: object, ip = from) {
  const { context } = await authorize({ headers: { authorization: `Bearer ${key}` } });
  const id = /\/(prj_\w+)/.exec(path)?.[1];
  const event = {
    routeKey: `${method} /api/v1${path.replace(/prj_\w+/, '{id}')}`,
    rawPath: `/api/v1${path}`,
    headers: { 'accept-language': 'en', 'user-agent': 'test' },
    ...(id && { pathParameters: { id } }),
    ...(body && { body: JSON.stringify(body) }),
    requestContext: { requestId: 'req_1', http: { method, sourceIp: ip }, authorizer: { lambda: context } },
  } as unknown as HttpEvent;
  const {
    statusCode,
    body: text = '',
    headers,
  } = await (path.startsWith('/api-keys') ? keys : projects)(event, {} as Context);
  const said = JSON.parse(text);
  return { status: statusCode, code: said.error?.code as string | undefined, data: said.data, said, headers };
}

let count = 0;
const aKey = (more: Partial<Parameters<typeof create>[1]> = {}) =>
  create(t.ctx, { name: `key ${++count}`, scopes: ['project:read', 'project:write'], ...more });

/** The lines that refused accesses of a key left. */
const refusalsOf = async (actor: string) => (await Audit.list(t.ctx, { verb: 'access.refused', actor })).items;

describe('a key', () => {
  test('is told once, begins as ours do, and only its hash is kept', async () => {
    const { key, ...made } = await aKey({ name: 'CI 流水线' });
    expect(isWellFormed(key)).toBe(true);
    expect(made).toMatchObject({ name: 'CI 流水线', start: key.slice(0, 12), status: 'active', projects: null });
    expect(made.expiresAt - made.createdAt).toBe(90 * 86_400_000);
    const { items } = await list(t.ctx, {});
    expect(JSON.stringify(items)).not.toContain(key);
    expect(JSON.stringify(items)).not.toContain(hashOf(key));
  });

  test('does what its scopes say, under its own name, and nothing else', async () => {
    const { key, id } = await aKey();
    const made = await call(key, 'POST', '/projects', { title: '钥匙' });
    expect([made.status, made.headers?.['ratelimit-limit']]).toEqual([201, '3000']);
    expect(Number(made.headers?.['ratelimit-remaining'])).toBeLessThan(3000);
    const { key: reader } = await aKey({ scopes: ['project:read'] });
    expect((await call(reader, 'GET', `/projects/${project}`)).status).toBe(200);
    const refused = await call(reader, 'POST', '/projects', { title: '不行' });
    expect([refused.status, refused.code]).toEqual([403, 'FORBIDDEN']);
    expect(refused.said.error.message).toContain('an API key');
    const { items } = await list(t.ctx, { size: 100 });
    expect(items.find((one) => one.id === id)?.lastUsedAt).toEqual(expect.any(Number));
  });

  test('makes no other key, and asks for no more than a key may have', async () => {
    const { key } = await aKey({ scopes: ['tenant:read'] });
    expect((await call(key, 'GET', '/api-keys')).status).toBe(200);
    expect((await call(key, 'POST', '/api-keys', { name: 'x', scopes: ['project:read'] })).code).toBe('FORBIDDEN');
    for (const scope of ['tenant:write', 'member:write', 'root'])
      await expect(aKey({ scopes: [scope as never] })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(create(t.as('producer'), { name: 'p', scopes: ['project:read'] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('for some projects finds those and no others', async () => {
    const { key } = await aKey({ projects: [project] });
    expect((await call(key, 'GET', `/projects/${project}`)).status).toBe(200);
    const other = await call(key, 'GET', `/projects/${foreign}`);
    expect([other.status, other.code]).toEqual([404, 'NOT_FOUND']);
    const listed = await call(key, 'GET', '/projects');
    expect(listed.data.items.map((one: { id: string }) => one.id)).toEqual([project]);
    expect((await call(key, 'POST', '/projects', { title: '多' })).code).toBe('FORBIDDEN');
    await expect(aKey({ projects: ['prj_01m8hjprmftjtmbb4x4jtychbp'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('finds nothing of another tenant', async () => {
    const { key } = await create(t.other, { name: 'theirs', scopes: ['project:read'] });
    const theirs = await call(key, 'GET', `/projects/${project}`);
    const none = await call(key, 'GET', '/projects/prj_01m8hjprmftjtmbb4x4jtychbp');
    expect([theirs.status, theirs.said.error]).toEqual([404, none.said.error]);
  });

  test('has a name of its own, in whatever letters', async () => {
    await aKey({ name: 'Deploy' });
    await expect(aKey({ name: 'ＤＥＰＬＯＹ' })).rejects.toMatchObject({ code: 'KEY_NAME_TAKEN' });
  });
});

describe('is refused', () => {
  test.each([
    ['made up', () => newSecret()],
    ['mistyped', () => `${newSecret().slice(0, -1)}~`],
    ['with another check', () => `slk_${'A'.repeat(49)}`],
    ['empty', () => 'slk_'],
  ])('a key that is %s: 401', async (_, key) => {
    const answer = await call(key(), 'GET', '/projects');
    expect([answer.status, answer.code]).toEqual([401, 'INVALID_KEY']);
  });

  test('a key that was revoked: 401, at the authorizer’s next look; its name is free', async () => {
    const { key, id } = await aKey({ name: 'once' });
    expect((await call(key, 'GET', '/projects')).status).toBe(200);
    await revoke(t.ctx, { id });
    const answer = await call(key, 'GET', '/projects');
    expect([answer.status, answer.code]).toEqual([401, 'INVALID_KEY']);
    await expect(revoke(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revoke(t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await aKey({ name: 'once' });
  });

  test('a key that has expired: 401, also where the authorizer had let it in before', async () => {
    const { ctx } = t;
    const past = { ...ctx, now: () => ctx.now() - 2 * 86_400_000 };
    const { key, id } = await create(past, { name: 'old', scopes: ['project:read'], expiresInDays: 1 });
    const answer = await call(key, 'GET', '/projects');
    expect([answer.status, answer.code]).toEqual([401, 'KEY_EXPIRED']);
    expect(await refusalsOf(id)).toMatchObject([
      { actorKind: 'key', object: 'project.list', ip: from, after: { refused: 'KEY_EXPIRED' } },
    ]);
  });

  test.each([
    ['203.0.113.7', ['203.0.113.0/24'], 200],
    ['203.0.114.7', ['203.0.113.0/24', '10.0.0.1'], 403],
    ['10.0.0.1', ['203.0.113.0/24', '10.0.0.1'], 200],
    ['::ffff:10.0.0.1', ['10.0.0.1'], 200],
    ['2001:db8::9', ['2001:db8::/32'], 200],
    ['2001:db9::9', ['2001:db8::/32'], 403],
    ['', ['0.0.0.0/0'], 403],
  ])('from %s a key for %j: %i', async (ip, addresses, status) => {
    const { key, id } = await aKey({ addresses });
    const answer = await call(key, 'GET', '/projects', undefined, ip);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.code).toBe('KEY_ADDRESS_REFUSED');
    const lines = status === 403 ? [{ after: { refused: 'KEY_ADDRESS_REFUSED' } }] : [];
    expect(await refusalsOf(id)).toMatchObject(lines);
  });

  test('a range that is none, when the key is made', async () => {
    for (const address of ['10.0.0.0/33', '300.1.1.1', 'example.com', '::/129', '10.0.0.0/8/8'])
      await expect(aKey({ addresses: [address] })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('writing with a key of a suspended tenant: 403; reading goes on', async () => {
    const own = await aTenant();
    const { key } = await create(own.ctx, { name: 'k', scopes: ['project:read', 'project:write'] });
    await commit(own.ctx, { rows: [amending(own.ctx, { status: 'suspended' })] });
    expect((await call(key, 'GET', '/projects')).status).toBe(200);
    const answer = await call(key, 'POST', '/projects', { title: '停' });
    expect([answer.status, answer.code]).toEqual([403, 'TENANT_SUSPENDED']);
    await own.stop();
  });

  test('what is more than the key’s own rate: 429 with when to come again, and no other key’s', async () => {
    const { key } = await aKey({ requestsPerMinute: 2 });
    const { key: other } = await aKey();
    for (let at = 0; at < 2; at++) expect((await call(key, 'GET', '/projects')).status).toBe(200);
    const answer = await call(key, 'GET', '/projects');
    expect([answer.status, answer.code]).toEqual([429, 'RATE_LIMITED']);
    expect(answer.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
    expect(Number(answer.headers?.['retry-after'])).toBeGreaterThan(0);
    expect((await call(other, 'GET', '/projects')).status).toBe(200);
  });

  test('the plan’s rate is the tenant’s', async () => {
    await changePlan(t.other, 'free');
    const { key } = await create(t.other, { name: 'free', scopes: ['project:read'] });
    expect((await call(key, 'GET', '/projects')).headers).toMatchObject({ 'ratelimit-limit': '60' });
  });
});

describe('rotating', () => {
  test('gives another text; the one before works for the overlap, the one before that ends', async () => {
    const first = await aKey();
    const second = await rotate(t.ctx, { id: first.id, overlapHours: 24 });
    expect(second.key).not.toBe(first.key);
    expect(second.previousUntil).toEqual(expect.any(Number));
    for (const { key } of [first, second]) expect((await call(key, 'GET', '/projects')).status).toBe(200);
    const third = await rotate(t.ctx, { id: first.id, overlapHours: 168 });
    const status = await Promise.all(
      [first, second, third].map(async ({ key }) => (await call(key, 'GET', '/projects')).code),
    );
    expect(status).toEqual(['INVALID_KEY', undefined, undefined]);
  });

  test('without an overlap ends the one before at once; longer than a week is refused', async () => {
    const first = await aKey();
    const { key } = await rotate(t.ctx, { id: first.id, overlapHours: 0 });
    expect((await call(first.key, 'GET', '/projects')).code).toBe('INVALID_KEY');
    expect((await call(key, 'GET', '/projects')).status).toBe(200);
    await expect(rotate(t.ctx, { id: first.id, overlapHours: 169 })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(rotate(t.other, { id: first.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('then revoking ends both', async () => {
    const first = await aKey();
    const { key } = await rotate(t.ctx, { id: first.id });
    await revoke(t.ctx, { id: first.id });
    for (const text of [first.key, key]) expect((await call(text, 'GET', '/projects')).code).toBe('INVALID_KEY');
  });

  test('at the moment of revoking leaves no text that opens anything: it is revoked with what it was given', async () => {
    const first = await aKey({ name: 'raced' });
    let second = '';
    const racing = meanwhile(t.ctx, async () => {
      second = (await rotate(t.ctx, { id: first.id })).key;
    });
    await revoke(racing, { id: first.id });
    expect(isWellFormed(second)).toBe(true);
    for (const text of [first.key, second]) expect((await call(text, 'GET', '/projects')).code).toBe('INVALID_KEY');
    await expect(rotate(t.ctx, { id: first.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await aKey({ name: 'raced' });
  });

  test('at the moment of revoking the version that was seen is told to who revokes, and the key stays whole', async () => {
    const first = await aKey();
    const racing = meanwhile(t.ctx, () => rotate(t.ctx, { id: first.id }));
    await expect(revoke(racing, { id: first.id, version: first.version })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: first.version + 1 },
    });
    expect((await call(first.key, 'GET', '/projects')).status).toBe(200);
  });

  test('of a key that is revoked at that moment gives no text', async () => {
    const first = await aKey();
    const racing = meanwhile(t.ctx, () => revoke(t.ctx, { id: first.id }));
    await expect(rotate(racing, { id: first.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await call(first.key, 'GET', '/projects')).code).toBe('INVALID_KEY');
  });
});
