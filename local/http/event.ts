// A request as API Gateway hands it to a function: payload format 2.0.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { account } from '../template/identity.ts';

export type HttpEvent = {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Record<string, string>;
  readonly queryStringParameters?: Record<string, string>;
  readonly pathParameters?: Record<string, string>;
  readonly stageVariables?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: Record<string, unknown> & {
    readonly apiId: string;
    readonly stage: string;
    readonly http: Record<string, unknown> & { readonly sourceIp: string };
  };
};

export type EventSource = {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly routeKey: string;
  readonly pathParameters: Record<string, string>;
  readonly api: { readonly id: string; readonly stage: string; readonly stageVariables: Record<string, string> };
  readonly now: Date;
};

/** Header values of one name joined by a comma; cookies stand apart. */
const headersOf = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct))
    if (name !== 'cookie' && values) headers[name] = values.join(',');
  return headers;
};

/** Values of one name joined by a comma, decoded. */
const queryOf = (query: string): Record<string, string> => {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  return parameters;
};

const textual = /^(text\/|application\/(json|xml|javascript|[^;]*\+(json|xml)))/i;

/** Text types travel as text, everything else (forms included) as base64. */
const bodyOf = (body: Buffer, contentType: string | undefined) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const asText = contentType === undefined || textual.test(contentType);
  return asText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
};

const filled = (record: Record<string, string>): Record<string, string> | undefined =>
  Object.keys(record).length ? record : undefined;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `24/Nov/2026:10:00:00 +0000` */
export const commonLogTime = (now: Date): string =>
  `${two(now.getUTCDate())}/${months[now.getUTCMonth()]}/${now.getUTCFullYear()}:${now.toISOString().slice(11, 19)} +0000`;

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The event for a route, without the authorizer's part of `requestContext`. */
export function httpEvent({ request, body, routeKey, pathParameters, api, now }: EventSource): HttpEvent {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const rawPath = decodePath(path);
  const host = request.headers.host ?? '';
  const cookies = request.headers.cookie?.split(/;\s*/);
  const queries = filled(queryOf(query));
  const parameters = filled(pathParameters);
  const variables = filled(api.stageVariables);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers: headersOf(request),
    ...(queries && { queryStringParameters: queries }),
    ...(parameters && { pathParameters: parameters }),
    ...(variables && { stageVariables: variables }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: api.stage,
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...bodyOf(body, request.headers['content-type']),
  };
}
