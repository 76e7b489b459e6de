// What becomes of answers and failures on their way out of a function.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FileAnswer } from '../../core/platform/file-answer.ts';
import { openVerb, verb } from '../../core/platform/verb.ts';
import type { Routes } from '../../functions/http/routes/shape.ts';
import type { HttpEvent } from '../../functions/runtime/exchange.ts';
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

const routes: Routes = {
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

async function call(method: 'GET' | 'POST', path: string, headers: Record<string, string> = {}) {
  const event = {
    routeKey: `${method} /api/v1${path}`,
    rawPath: `/api/v1${path}`,
    headers: { 'accept-language': 'en', ...headers },
    requestContext: {
      requestId: 'req_1',
      http: { method },
      authorizer: { lambda: { tenant_id: t.ctx.tenant, user_id: 'usr_1', role: 'owner' } },
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
