// The settings as each stage lets them be: which addresses a key may be given.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../functions/http/settings.ts';
import type { HttpEvent } from '../../functions/runtime/exchange.ts';
import { stages } from '../../lib/config.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

const key = 'sk-canary-stage-7Qm2';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
  Object.assign(process.env, {
    MODELS: '[]',
    MODEL_ADDRESSES: JSON.stringify(stages.prod.addresses),
    MODEL_SECRET: 'platform',
    MODEL_KEY: 'alias/keys',
  });
});
afterAll(() => t.stop());

const added = (base_url: string, language: string) =>
  asked('POST', '/settings/keys', { body: { provider: 'compatible', label: '自有', key, base_url }, language });

type Asked = { body?: object | undefined; language?: string; role?: string };

async function asked(method: string, route: string, { body, language = 'en', role = 'owner' }: Asked) {
  const event = {
    routeKey: `${method} /api/v1${route}`,
    rawPath: `/api/v1${route}`,
    pathParameters: { id: 'key_1', use: 'extract', name: 'extract' },
    headers: { 'accept-language': language },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'req_1',
      http: { method },
      authorizer: { lambda: { tenant_id: t.ctx.tenant, user_id: 'usr_1', role, rate: '1000000' } },
    },
  };
  const answer = await handler(event as unknown as HttpEvent, {} as never);
  return {
    status: answer.statusCode,
    ...(JSON.parse(answer.body ?? '') as { data: object; error: { code: string; message: string } }),
  };
}

test('production lets no http and no private network in', () => {
  expect([stages.prod.addresses, stages.dev.addresses]).toEqual(Array(2).fill({ http: false, privateNetworks: false }));
});

describe.each([
  ['http', 'http://models.example.com/v1', /not_https/],
  ['a loopback address', 'https://127.0.0.1:8000/v1', /private_address/],
  ['an address of a private network', 'https://10.1.2.3/v1', /private_address/],
  ['the metadata of the machine', 'https://169.254.169.254/latest', /private_address/],
  ['a private address of IPv6', 'https://[fd00::1]/v1', /private_address/],
  ['IPv4 inside IPv6', 'https://[::ffff:10.1.2.3]/v1', /private_address/],
  ['an address with a password in it', 'https://me:secret@models.example.com/v1', /credentials/],
])('%s', (_, address, reason) => {
  test('is refused with a sentence that says what to do, and without the key', async () => {
    const [zh, en] = [await added(address, 'zh-CN'), await added(address, 'en')];
    expect([zh.status, zh.error.code, en.error.code]).toEqual([422, 'BASE_URL_REFUSED', 'BASE_URL_REFUSED']);
    expect(zh.error.message).toMatch(/请填写公网可访问的 https 地址/);
    expect(en.error.message).toMatch(reason);
    expect(en.error.message).toMatch(/Give an https address of the public internet/);
    expect(JSON.stringify([zh, en])).not.toMatch(/canary|secret/);
  });
});

describe('only owners and administrators change the settings', () => {
  const changing = [
    ['POST', '/settings/keys'],
    ['PUT', '/settings/keys/{id}'],
    ['DELETE', '/settings/keys/{id}'],
    ['POST', '/settings/keys/{id}/rotate'],
    ['POST', '/settings/keys/{id}/test'],
    ['PUT', '/settings/policy'],
    ['PUT', '/settings/policy/{use}'],
    ['PUT', '/settings/prompts/{name}'],
    ['POST', '/settings/prompts/{name}/roll-back'],
  ] as const;
  const reading = ['keys', 'policy', 'policy/{use}', 'prompts', 'prompts/{name}', 'prompts/{name}/editions']; // biome-ignore format: one list

  test.each(['viewer', 'editor', 'producer'])('a %s sees them and changes nothing', async (role) => {
    for (const [method, route] of changing) {
      const { status, error } = await asked(method, route, { body: {}, role });
      expect([route, status, error.code]).toEqual([route, 403, 'FORBIDDEN']);
    }
    for (const name of reading)
      expect([name, (await asked('GET', `/settings/${name}`, { role })).status]).toEqual([name, 200]);
  });

  test('a guest does not even see them', async () => {
    for (const name of reading)
      expect([name, (await asked('GET', `/settings/${name}`, { role: 'guest' })).status]).toEqual([name, 403]);
  });

  test('an administrator does', async () => {
    const { data } = await asked('PUT', '/settings/policy', { body: { version: 0, drafts: false }, role: 'admin' });
    expect(data).toMatchObject({ drafts: false, version: 1 });
  });
});
