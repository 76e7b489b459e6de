// A route with an authorizer: asked once per token, its context handed on, its refusal final.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpApi, lambda, role } from '../runner/kit/assembly.ts';
import { aCloud, echo } from '../runner/kit/cloud.ts';

const authorizer = `
  let asked = 0;
  export const handler = async (event) => {
    asked++;
    const [token] = event.identitySource;
    if (token === 'broken') throw new Error('broken');
    if (token === 'unknown') throw new Error('Unauthorized');
    return { isAuthorized: token.startsWith('good'), context: { tenant: token, asked, type: event.type } };
  };`;

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  const route = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
  cloud = await aCloud({
    resources: {
      Role: role({ Action: 'none:None', Resource: '*' }),
      Echo: lambda('echo'),
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
      ...httpApi({ 'GET /echo': 'Echo' }, {}, route),
    },
    bundles: { echo, check: authorizer },
  });
});
afterAll(() => cloud.end());

const get = (token?: string) => fetch(`${cloud.apiUrl}/echo`, token ? { headers: { authorization: token } } : {});

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
