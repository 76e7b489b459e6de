// What becomes of answers and failures on their way out of a function.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import * as Audit from '../../core/audit/index.ts';
import { QueryCommand } from '../../core/platform/dynamo/command.ts';
import { Failure, type FailureCode } from '../../core/platform/failure.ts';
import { FileAnswer } from '../../core/platform/file-answer.ts';
import { platformTenant } from '../../core/platform/id.ts';
import { sentences } from '../../core/platform/sentences.ts';
import { openVerb, verb } from '../../core/platform/verb.ts';
import { apiKeyRoutes } from '../../functions/http/routes/api-key.ts';
import type { Routes } from '../../functions/http/routes/shape.ts';
import type { HttpEvent, Principal } from '../../functions/runtime/exchange.ts';
import { httpHandler } from '../../functions/runtime/http.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

let runs = 0;
const text = z.object({ text: z.string() });
const saying = (say: () => string) =>
  openVerb({
    name: 'test.say',
    summary: 'Says it.',
    input: z.object({}),
    output: text,
    run: async () => ({ text: say() }),
  });
const throwing = (name: string) =>
  saying(() => {
    throw Object.assign(new Error('of the SDK'), { name });
  });

const needing = (needs: 'platform' | 'self' | 'project:write' | 'project:read') =>
  verb({
    name: `test.needs_${needs.replace(':', '_')}`,
    summary: 'Asks for it.',
    needs,
    input: z.object({}),
    output: text,
    run: async () => ({ text: 'done' }),
  });

/** Refuses with the code that is asked for, as the verbs do that ask for a password or look at whose a thing is. */
const refusing = verb({
  name: 'test.refuse',
  summary: 'Refuses.',
  needs: 'self',
  input: z.object({ code: z.string() }),
  output: text,
  run: async (_, { code }) => {
    throw new Failure(code as FailureCode);
  },
});

const routes: Routes = {
  ...apiKeyRoutes,
  'GET /platform': { verb: needing('platform') },
  'GET /self': { verb: needing('self') },
  'POST /write': { verb: needing('project:write') },
  'POST /refuse': { verb: refusing },
  'POST /platform': { verb: needing('platform') },
  'GET /read': { verb: needing('project:read') },
  'GET /throttled': { verb: throwing('ThrottlingException') },
  'GET /broken': { verb: throwing('TypeError') },
  'GET /fits': { verb: saying(() => '灯'.repeat(1_900_000)) },
  // five million bytes, and as many quote marks that take two each on the way
  'GET /quoted': { verb: saying(() => '"'.repeat(2_500_000)) },
  'GET /file': {
    file: true,
    verb: openVerb({
      name: 'test.file',
      summary: 'A file.',
      input: z.object({}),
      output: FileAnswer,
      run: async () => ({ fileName: '灯\ud83c.txt', contentType: 'text/plain', body: '灯' }),
    }),
  },
  'POST /long': {
    verb: verb({
      name: 'test.long',
      summary: 'A long answer.',
      needs: 'tenant:read',
      input: z.object({}),
      output: text,
      run: async () => ({ text: `${++runs} ${'灯'.repeat(200_000)}` }),
    }),
  },
};
const handler = httpHandler(routes);

async function call(
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string> = {},
  who: Partial<Principal> = {},
  sent?: object | string,
) {
  const [asked = '', query = ''] = path.split('?');
  const event = {
    routeKey: `${method} /api/v1${asked.replace(/apk_\w+/, '{id}')}`,
    rawPath: `/api/v1${asked}`,
    rawQueryString: query,
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    headers: { 'accept-language': 'en', ...headers },
    ...(path.includes('apk_') && { pathParameters: { id: /apk_\w+/.exec(path)?.[0] } }),
    ...(sent && { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
    requestContext: {
      requestId: 'req_1',
      http: { method, sourceIp: '203.0.113.7' },
      authorizer: { lambda: { tenant_id: t.ctx.tenant, user_id: 'usr_1', role: 'owner', ...who } },
    },
  } as unknown as HttpEvent;
  const answer = await handler(event, {} as never);
  const { statusCode, body = '' } = answer;
  return { answer, statusCode, said: body.startsWith('{') ? JSON.parse(body) : body };
}

describe('a failure nobody foresaw', () => {
  test.each([
    ['/throttled', 503, 'BUSY'],
    ['/broken', 500, 'INTERNAL'],
  ])('%s answers %i %s and not what the SDK said', async (path, status, code) => {
    const { statusCode, said } = await call('GET', path);
    expect([statusCode, said.error.code]).toEqual([status, code]);
    expect(JSON.stringify(said)).not.toContain('SDK');
  });
});

describe('a failure of ours', () => {
  /** Lines of the log that a call leaves. */
  async function logged(path: string): Promise<Record<string, unknown>[]> {
    const written: string[] = [];
    const streams = [process.stderr, process.stdout].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0),
    );
    try {
      await call('GET', path);
    } finally {
      for (const stream of streams) stream.mockRestore();
    }
    return written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  test.each([
    ['/broken', 'INTERNAL'],
    ['/throttled', 'BUSY'],
  ])('%s is logged by its code, which is what its alarm looks for', async (path, code) => {
    expect(await logged(path)).toMatchObject([{ level: 'ERROR', message: 'request failed', code }]);
  });
});

describe('a body', () => {
  const nested = (levels: number) => `{"code":"WRONG_CODE","a":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels)}`;

  test('may be nested as deeply as what is kept can be: its verb is asked', async () => {
    expect((await call('POST', '/refuse', {}, {}, nested(24))).said.error.code).toBe('WRONG_CODE');
  });

  test.each([
    ['a level more', nested(25)],
    ['objects without end', nested(20_000)],
    ['lists without end', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('of %s is refused, and no failure of ours', async (_, body) => {
    const { statusCode, said } = await call('POST', '/refuse', {}, {}, body);
    expect([statusCode, said.error.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(said.error.message).toContain('24 levels');
  });
});

describe('a long answer', () => {
  test('that a Lambda function can hand over is handed over', async () => {
    expect((await call('GET', '/fits')).statusCode).toBe(200);
  });

  test('that it cannot is refused with what to do', async () => {
    const { statusCode, said } = await call('GET', '/quoted');
    expect([statusCode, said.error.code]).toEqual([413, 'ANSWER_TOO_LARGE']);
    expect(said.error.message).toContain('cursor');
  });

  test('is given though it is too long to be kept for a repeated request', async () => {
    const key = { 'idempotency-key': 'k1' };
    const [first, second] = [await call('POST', '/long', key), await call('POST', '/long', key)];
    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    expect([first.said.data.text.slice(0, 2), second.said.data.text.slice(0, 2)]).toEqual(['1 ', '2 ']);
  });
});

test('a file whose name holds half a character is sent', async () => {
  const { answer } = await call('GET', '/file');
  expect(answer.headers?.['content-disposition']).toBe("attachment; filename*=UTF-8''%E7%81%AF%EF%BF%BD.txt");
});

describe('an answer that is kept for a repeated request', () => {
  /** All that the ephemeral table holds of the tenant's requests. */
  const kept = async () => {
    const { client, table } = t.ctx.stores.ephemeral;
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :request)',
        ExpressionAttributeValues: { ':pk': `T#${t.ctx.tenant}`, ':request': 'IDEM#' },
      }),
    );
    return JSON.stringify(Items);
  };

  test('lies there sealed: of a key that it tells once nothing can be read, and who sent it is told again', async () => {
    const header = { 'idempotency-key': 'a-key' };
    const asked = { name: 'once', scopes: ['project:read'] };
    const made = await call('POST', '/api-keys', header, {}, asked);
    const { key, id } = made.said.data as { key: string; id: string };
    const rotated = await call('POST', `/api-keys/${id}/rotate`, { 'idempotency-key': 'another' }, {}, {});
    expect([made.statusCode, rotated.statusCode]).toEqual([201, 200]);
    const rows = await kept();
    expect(rows).toContain('IDEM#');
    for (const secret of [key, rotated.said.data.key, key.slice(0, 12), id, 'slk_']) expect(rows).not.toContain(secret);
    const again = await call('POST', '/api-keys', header, {}, asked);
    expect([again.statusCode, again.said, again.answer.headers?.['idempotent-replay']]).toEqual([
      201,
      made.said,
      'true',
    ]);
    const other = await call('POST', '/api-keys', header, {}, { ...asked, name: 'else' });
    expect([other.statusCode, other.said.error.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  });

  test.each([
    ['in the query', ['/api-keys?name=by-query', {}], ['/api-keys?name=by-another', {}]],
    ['by the version in a header', ['/api-keys', { 'if-match': '"1"' }], ['/api-keys', { 'if-match': '"2"' }]],
  ] as const)('is for what was asked %s too: something else under its key is refused', async (where, first, next) => {
    const sent = { ...(where !== 'in the query' && { name: 'by-header' }), scopes: ['project:read'] };
    const post = ([path, header]: typeof first | typeof next) =>
      call('POST', path, { ...header, 'idempotency-key': where }, {}, sent);
    const made = await post(first);
    expect([made.statusCode, (await post(first)).said.data.id]).toEqual([201, made.said.data.id]);
    const other = await post(next);
    expect([other.statusCode, other.said.error?.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  });

  test('leaves a line each time it is given again, which names the request that was given it first, and no secret', async () => {
    const header = { 'idempotency-key': 'told-again' };
    const send = () =>
      call('POST', '/api-keys', header, { user_id: 'usr_3' }, { name: 'again', scopes: ['project:read'] });
    const { key, id } = (await send()).said.data as { key: string; id: string };
    const lines = async () => (await Audit.list(t.ctx, { verb: 'apikey.create', actor: 'usr_3' })).items;
    expect(await lines()).toMatchObject([{ object: id, requestId: 'req_1' }]);
    for (let times = 0; times < 2; times++) expect((await send()).said.data.key).toBe(key);
    const again = { object: 'apikey.create', ip: '203.0.113.7', after: { replayed: true, firstRequest: 'req_1' } };
    expect(await lines()).toMatchObject([again, again, { object: id }]);
    expect(JSON.stringify(await lines())).not.toContain(key);
  });

  test('of a verb of the platform is told to the platform', async () => {
    const who = { user_id: 'usr_4', platform: 'mfa' };
    const send = () => call('POST', '/platform', { 'idempotency-key': 'of the platform' }, who);
    expect([(await send()).statusCode, (await send()).statusCode]).toEqual([200, 200]);
    const sought = { verb: 'test.needs_platform', actor: 'usr_4' };
    expect((await Audit.list({ ...t.ctx, tenant: platformTenant }, sought)).items).toMatchObject([
      { after: { replayed: true } },
    ]);
    expect((await Audit.list(t.ctx, sought)).items).toEqual([]);
  });

  test('of a refusal leaves no line when it is given again', async () => {
    const send = () =>
      call('POST', '/refuse', { 'idempotency-key': 'refused' }, { user_id: 'usr_5' }, { code: 'FORBIDDEN' });
    expect([(await send()).statusCode, (await send()).answer.headers?.['idempotent-replay']]).toEqual([403, 'true']);
    const { items } = await Audit.list(t.ctx, { actor: 'usr_5' });
    expect(items.map(({ verb }) => verb)).toEqual(['access.refused']);
  });

  test('is not given to who may no longer ask for it, and that leaves a line', async () => {
    const header = { 'idempotency-key': 'lowered' };
    const asked = { name: 'of an admin', scopes: ['project:read'] };
    const send = (who: Partial<Principal>) => call('POST', '/api-keys', header, { user_id: 'usr_2', ...who }, asked);
    expect((await send({ role: 'admin' })).statusCode).toBe(201);
    const lowered = await send({ role: 'viewer' });
    expect([lowered.statusCode, lowered.said.error.code]).toEqual([403, 'FORBIDDEN']);
    const suspended = await send({ role: 'admin', read_only: 'suspended' });
    expect([suspended.statusCode, suspended.said.error.code]).toEqual([403, 'TENANT_SUSPENDED']);
    const { items } = await Audit.list(t.ctx, { verb: 'access.refused', actor: 'usr_2' });
    expect(items).toMatchObject([{ object: 'apikey.create', after: { refused: 'FORBIDDEN' } }]);
    expect((await send({ role: 'admin' })).statusCode).toBe(201);
  });
});

describe('a refused access leaves a line', () => {
  const lines = async (actor: string) => (await Audit.list(t.ctx, { verb: 'access.refused', actor })).items;

  test.each<[string, 'GET' | 'POST', string, Partial<Principal>]>([
    ['FORBIDDEN', 'POST', '/write', { role: 'viewer' }],
    ['MFA_REQUIRED', 'GET', '/read', { mfa_missing: 'true' }],
    ['PLATFORM_MFA_REQUIRED', 'GET', '/platform', { platform: 'without_mfa' }],
    ['INVALID_TOKEN', 'GET', '/read', { refused: 'INVALID_TOKEN' }],
    ['TENANT_ONBOARDING', 'GET', '/read', { read_only: 'onboarding' }],
    ['TENANT_SUSPENDED', 'POST', '/write', { read_only: 'suspended' }],
    ['TENANT_CLOSING', 'POST', '/write', { read_only: 'closing' }],
    ['READ_ONLY_SESSION', 'GET', '/self', { read_only: 'looking', looking_until: String(Date.now() + 60_000) }],
  ])('%s', async (code, method, path, who) => {
    const user_id = `usr_${code.toLowerCase()}`;
    const { said } = await call(method, path, {}, { user_id, ...who });
    expect(said.error.code).toBe(code);
    expect(await lines(user_id)).toMatchObject([{ after: { refused: code, count: 1 } }]);
  });

  const refused = (code: string) =>
    call('POST', '/refuse', {}, { user_id: `usr_said_${code.toLowerCase()}` }, { code });

  test.each([
    ...Object.keys(sentences).filter((code) => [401, 403].includes(sentences[code as FailureCode].status)),
    // a stolen token that tries passwords and codes, and what leads elsewhere
    'WRONG_CODE',
    'TOO_MANY_ATTEMPTS',
    'MFA_DEMANDED',
    'MFA_OF_MANY',
    'INVITATION_INVALID',
  ])('that a verb refuses with %s', async (code) => {
    expect((await refused(code)).said.error.code).toBe(code);
    expect(await lines(`usr_said_${code.toLowerCase()}`)).toMatchObject([
      { verb: 'access.refused', object: 'test.refuse', after: { verb: 'test.refuse', refused: code, count: 1 } },
    ]);
  });

  test.each(['STALE_VERSION', 'WEAK_PASSWORD', 'QUOTA_EXCEEDED'])('%s is none', async (code) => {
    expect((await refused(code)).said.error.code).toBe(code);
    expect(await lines(`usr_said_${code.toLowerCase()}`)).toEqual([]);
  });
});
