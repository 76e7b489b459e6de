// A route with an authorizer: asked once per token, its context handed on, its refusal final.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpApi, lambda, role } from '../runner/kit/assembly.ts';
import { aCloud, echo } from '../runner/kit/cloud.ts';

const authorizer = `
  const times = new Map();
  export const handler = async (event) => {
    const [token] = event.identitySource;
    const asked = (times.get(token) ?? 0) + 1;
    times.set(token, asked);
    if (token === 'broken') throw new Error('broken');
    if (token.endsWith('at first') && asked === 1) throw new Error('busy');
    if (token === 'unknown') throw new Error('Unauthorized');
    return { isAuthorized: token.startsWith('good'), context: { tenant: token, asked, type: event.type } };
  };`;

const busy =
  'export const handler = async () => { for (const end = Date.now() + 40; Date.now() < end; ); return {}; };';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  const route = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
  cloud = await aCloud({
    resources: {
      Role: role({ Action: 'none:None', Resource: '*' }),
      Echo: lambda('echo'),
      Busy: lambda('busy'),
      Check: lambda('check'),
      Authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: { Ref: 'Api' },
          Name: 'token',
          AuthorizerType: 'REQUEST',
          AuthorizerPayloadFormatVersion: '2.0',
          EnableSimpleResponses: true,
          AuthorizerResultTtlInSeconds: 60,
          IdentitySource: ['$request.header.Authorization'],
          AuthorizerUri: {
            'Fn::Join': [
              '',
              [
                'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
                { 'Fn::GetAtt': ['Check', 'Arn'] },
                '/invocations',
              ],
            ],
          },
        },
      },
      ...httpApi({ 'GET /echo': 'Echo', 'GET /busy': 'Busy' }, {}, route),
    },
    bundles: { echo, busy, check: authorizer },
  });
});
afterAll(() => cloud.end());

const get = (token?: string, path = 'echo') =>
  fetch(`${cloud.apiUrl}/${path}`, token ? { headers: { authorization: token } } : {});

test('those who come at once with one token wait for one answer of the authorizer', async () => {
  const events = (await Promise.all(Array.from({ length: 8 }, async () => (await get('good-8')).json()))) as {
    requestContext: { authorizer: unknown };
  }[];
  for (const event of events)
    expect(event.requestContext.authorizer).toEqual({ lambda: { tenant: 'good-8', asked: 1, type: 'REQUEST' } });
});

test('what the authorizer says of the caller reaches the function, and is asked once per token', async () => {
  for (const _ of [1, 2]) {
    const event = (await (await get('good-1')).json()) as { requestContext: { authorizer: unknown } };
    expect(event.requestContext.authorizer).toEqual({ lambda: { tenant: 'good-1', asked: 1, type: 'REQUEST' } });
  }
});

test.each([
  [undefined, 401, 'Unauthorized'],
  ['unknown', 401, 'Unauthorized'],
  ['bad', 403, 'Forbidden'],
  ['broken', 500, 'Internal Server Error'],
])('token %s answers %i', async (token, status, message) => {
  const response = await get(token);
  expect([response.status, await response.json()]).toEqual([status, { message }]);
});

test('a failure of the authorizer is not remembered: the next call asks again', async () => {
  expect((await get('good busy at first')).status).toBe(500);
  const event = (await (await get('good busy at first')).json()) as { requestContext: { authorizer: unknown } };
  expect(event.requestContext.authorizer).toMatchObject({ lambda: { asked: 2 } });
});

test('one who asks thirty things at once keeps another waiting for few of them', async () => {
  await Promise.all([get('good-loud', 'busy'), get('good-other', 'busy')]);
  const done: string[] = [];
  const ask = async (token: string) => {
    expect((await get(token, 'busy')).status).toBe(200);
    done.push(token);
  };
  const loud = Array.from({ length: 30 }, () => ask('good-loud'));
  while (done.length === 0) await sleep(1);
  await Promise.all([ask('good-other'), ...loud]);
  expect(done.indexOf('good-other')).toBeLessThan(15);
});
