// The HTTP API as clients and functions see it: payload 2.0 in, answers out, routes, limits, cross-origin rules.
import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpApi, lambda, role } from '../runner/kit/assembly.ts';
import { aCloud, echo } from '../runner/kit/cloud.ts';

const bundles = {
  echo,
  shapes: `
    const shapes = {
      plain: () => ({ a: 1 }),
      text: () => 'hello',
      cookies: () => ({ statusCode: 201, cookies: ['a=1', 'b=2; HttpOnly'], headers: { 'X-Own': 'own' }, body: 'made' }),
      binary: () => ({ statusCode: 200, isBase64Encoded: true, headers: { 'content-type': 'image/png' }, body: 'AAEC/w==' }),
      throws: () => { throw new TypeError('no'); },
      nonsense: () => ({ statusCode: 'abc' }),
    };
    export const handler = async (event) => shapes[event.pathParameters.shape]();`,
  which: 'export const handler = async (event) => ({ key: event.routeKey, ...event.pathParameters });',
};

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud({
    resources: {
      Role: role({ Action: 'none:None', Resource: '*' }),
      Echo: lambda('echo'),
      Shapes: lambda('shapes'),
      Which: lambda('which'),
      ...httpApi(
        {
          'ANY /echo/{id}': 'Echo',
          'GET /shapes/{shape}': 'Shapes',
          'GET /which/{id}': 'Which',
          'ANY /which/{id}': 'Which',
          'GET /which/fixed': 'Which',
          'GET /which/{id}/parts': 'Which',
          'GET /which/{proxy+}': 'Which',
        },
        {
          CorsConfiguration: {
            AllowOrigins: ['https://studio.example'],
            AllowMethods: ['GET', 'POST'],
            AllowHeaders: ['authorization', 'content-type'],
            ExposeHeaders: ['etag'],
            MaxAge: 600,
          },
        },
      ),
    },
    bundles,
  });
});
afterAll(() => cloud.end());

const get = (path: string, init?: RequestInit) => fetch(`${cloud.apiUrl}${path}`, init);

test('a function gets the request as payload 2.0', async () => {
  const response = await get('/echo/%E7%81%AF?tag=a&tag=b&constructor=c', {
    method: 'POST',
    headers: { cookie: 'one=1; two=2', 'content-type': 'application/json', 'x-more': 'x' },
    body: '{"n":1}',
  });
  const event = (await response.json()) as Record<string, never>;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'ANY /echo/{id}',
    rawPath: '/echo/灯',
    rawQueryString: 'tag=a&tag=b&constructor=c',
    cookies: ['one=1', 'two=2'],
    headers: { 'x-more': 'x', 'content-type': 'application/json' },
    queryStringParameters: { tag: 'a,b', constructor: 'c' },
    pathParameters: { id: '灯' },
    body: '{"n":1}',
    isBase64Encoded: false,
    requestContext: { stage: '$default', http: { method: 'POST', path: '/echo/灯' } },
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test('bytes that are no text arrive as base64', async () => {
  const response = await get('/echo/1', {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array([0, 255]),
  });
  expect(await response.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
});

test('answers: a structure as it says, anything else as 200 with itself', async () => {
  expect(await (await get('/shapes/plain')).json()).toEqual({ a: 1 });
  expect(await (await get('/shapes/text')).text()).toBe('hello');
  const made = await get('/shapes/cookies');
  expect([made.status, made.headers.get('x-own'), await made.text()]).toEqual([201, 'own', 'made']);
  expect(made.headers.getSetCookie()).toEqual(['a=1', 'b=2; HttpOnly']);
  expect(new Uint8Array(await (await get('/shapes/binary')).arrayBuffer())).toEqual(new Uint8Array([0, 1, 2, 255]));
});

test('a function that throws or answers nonsense is a 500 that says nothing', async () => {
  for (const shape of ['throws', 'nonsense']) {
    const response = await get(`/shapes/${shape}`);
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  }
});

test('the closest route takes a request: words before {id} before {proxy+}, a method before ANY', async () => {
  const key = async (path: string, method = 'GET') =>
    ((await (await get(path, { method })).json()) as { key: string }).key;
  expect(await key('/which/fixed')).toBe('GET /which/fixed');
  expect(await key('/which/7')).toBe('GET /which/{id}');
  expect(await key('/which/7', 'DELETE')).toBe('ANY /which/{id}');
  expect(await key('/which/7/parts')).toBe('GET /which/{id}/parts');
  expect(await key('/which/7/other/deep')).toBe('GET /which/{proxy+}');
});

test('no route is a 404', async () => {
  const response = await get('/absent');
  expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  expect((await get('/shapes/plain', { method: 'POST' })).status).toBe(404);
});

test('a body that a function cannot be given is 413: over 6 MB, with what stands around it', async () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
    get('/which/7', { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('x'.repeat(6_000_000), 'text/plain')).status).toBe(200);
  const refused = await post('x'.repeat(6_291_456), 'text/plain');
  expect([refused.status, await refused.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  // bytes travel as base64, a third longer
  expect((await post(new Uint8Array(5_000_000), 'application/octet-stream')).status).toBe(413);
});

test('a body over 10 MB is 413, headers over 10 KB are 431', async () => {
  const large = await get('/echo/1', { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) });
  expect(large.status).toBe(413);
  const withHeader = (length: number) =>
    new Promise((resolve, reject) => {
      const request = rawRequest(`${cloud.apiUrl}/echo/1`, { headers: { 'x-long': 'x'.repeat(length) } }, (response) =>
        resolve(response.statusCode),
      );
      request.on('error', reject).end();
    });
  expect(await withHeader(9_000)).toBe(200);
  for (const length of [11_000, 64 * 1024]) expect(await withHeader(length)).toBe(431);
});

test('a preflight is answered by the API, for admitted origins, methods and headers alone', async () => {
  const preflight = (origin: string, headers = 'authorization') =>
    get('/shapes/plain', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    });
  const admitted = await preflight('https://studio.example');
  expect(admitted.status).toBe(204);
  expect(admitted.headers.get('access-control-allow-origin')).toBe('https://studio.example');
  expect(admitted.headers.get('access-control-allow-methods')).toBe('GET,POST');
  expect(admitted.headers.get('access-control-max-age')).toBe('600');
  expect((await preflight('https://other.example')).headers.get('access-control-allow-origin')).toBeNull();
  expect((await preflight('https://studio.example', 'x-own')).headers.get('access-control-allow-origin')).toBeNull();
  const answer = await get('/shapes/plain', { headers: { origin: 'https://studio.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://studio.example');
  expect(answer.headers.get('access-control-expose-headers')).toBe('etag');
});
