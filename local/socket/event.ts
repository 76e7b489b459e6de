// What a function is told of a socket: it connects, says something, or goes.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { commonLogTime } from '../http/event.ts';

export type Handshake = {
  readonly connectionId: string;
  /** Epoch milliseconds. */
  readonly connectedAt: number;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly query: Record<string, string[]>;
  readonly sourceIp: string;
  readonly userAgent: string;
};

export type Told = {
  readonly routeKey: string;
  readonly type: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Close code and reason, when it goes. */
  readonly ending?: { readonly code: number; readonly reason: string };
};

/** The request that opens a socket. */
export function handshakeOf(request: IncomingMessage, connectionId: string, now: number): Handshake {
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) if (values) multiValueHeaders[name] = values;
  const query: Record<string, string[]> = {};
  const [, text = ''] = (request.url ?? '').split(/\?(.*)/s);
  for (const [name, value] of new URLSearchParams(text))
    query[name] = [...(Object.hasOwn(query, name) ? (query[name] ?? []) : []), value];
  return {
    connectionId,
    connectedAt: now,
    multiValueHeaders,
    headers: Object.fromEntries(Object.entries(multiValueHeaders).map(([name, values]) => [name, values.at(-1) ?? ''])),
    query,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    userAgent: request.headers['user-agent'] ?? '',
  };
}

/** Headers and query travel with $connect alone, as on AWS. */
export function socketEvent(
  handshake: Handshake,
  told: Told,
  api: { readonly id: string; readonly stage: string; readonly stageVariables: Record<string, string> },
  now: Date,
) {
  const { query, headers, multiValueHeaders } = handshake;
  const hasQuery = Object.keys(query).length > 0;
  return {
    ...(told.type !== 'MESSAGE' && { headers, multiValueHeaders }),
    ...(told.type === 'CONNECT' &&
      hasQuery && {
        queryStringParameters: Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.at(-1)])),
        multiValueQueryStringParameters: query,
      }),
    ...(Object.keys(api.stageVariables).length > 0 && { stageVariables: api.stageVariables }),
    requestContext: {
      routeKey: told.routeKey,
      eventType: told.type,
      ...(told.type === 'MESSAGE' && { messageId: randomUUID() }),
      ...(told.ending && { disconnectStatusCode: told.ending.code, disconnectReason: told.ending.reason }),
      extendedRequestId: randomUUID(),
      requestTime: commonLogTime(now),
      messageDirection: 'IN',
      stage: api.stage,
      connectedAt: handshake.connectedAt,
      requestTimeEpoch: now.getTime(),
      identity: { userAgent: handshake.userAgent, sourceIp: handshake.sourceIp },
      requestId: randomUUID(),
      domainName: handshake.headers.host ?? '',
      connectionId: handshake.connectionId,
      apiId: api.id,
    },
    ...(told.body !== undefined && { body: told.body }),
    isBase64Encoded: told.isBase64Encoded ?? false,
  };
}
