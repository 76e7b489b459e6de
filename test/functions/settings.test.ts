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
    CORE_TABLE: 'core',
    EPHEMERAL_TABLE: 'ephemeral',
    MODELS: '[]',
    MODEL_ADDRESSES: JSON.stringify(stages.prod.addresses),
    MODEL_SECRET: 'platform',
    MODEL_KEY: 'alias/keys',
  });
});
afterAll(() => t.stop());

async function added(base_url: string, language: string) {
  const event = {
    routeKey: 'POST /api/v1/settings/keys',
    rawPath: '/api/v1/settings/keys',
    headers: { 'accept-language': language },
    body: JSON.stringify({ provider: 'compatible', label: '自有', key, base_url }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'req_1',
      http: { method: 'POST' },
      authorizer: { lambda: { tenant_id: t.ctx.tenant, user_id: 'usr_1', role: 'owner' } },
    },
  };
  const answer = await handler(event as unknown as HttpEvent, {} as never);
  return {
    status: answer.statusCode,
    ...(JSON.parse(answer.body ?? '') as { error: { code: string; message: string } }),
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
