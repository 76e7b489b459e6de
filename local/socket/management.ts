// The management API of a WebSocket API: functions post to a connection, look at it, end it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admit } from '../iam/admit.ts';
import type { Connection } from './connection.ts';

/** 128 KB a message (quotas of WebSocket APIs). */
export const messageLimit = 128 * 1024;

export type Management = {
  readonly api: { readonly id: string; readonly stage: string };
  readonly find: (connectionId: string) => Connection | undefined;
  /** Why the request is refused, or undefined. */
  readonly authorize: Admit;
};

type Outcome = { readonly status: number; readonly type?: string; readonly body?: unknown };

const gone: Outcome = { status: 410, type: 'GoneException', body: { message: null } };
const unread: Outcome = { status: 429, type: 'LimitExceededException', body: { message: null } };

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

function act(method: string, connection: Connection, body: Buffer): Outcome {
  if (method === 'POST') {
    if (body.length > messageLimit)
      return { status: 413, type: 'PayloadTooLargeException', body: { message: 'Message too long' } };
    if (connection.full) return unread;
    connection.send(body);
    return { status: 200 };
  }
  if (method === 'DELETE') {
    connection.close('Connection deleted');
    return { status: 204 };
  }
  const { connectedAt, sourceIp, userAgent } = connection.handshake;
  const at = (time: number) => new Date(time).toISOString();
  return {
    status: 200,
    body: { connectedAt: at(connectedAt), lastActiveAt: at(connection.lastActive), identity: { sourceIp, userAgent } },
  };
}

async function outcome(management: Management, request: IncomingMessage): Promise<Outcome> {
  const { api, find, authorize } = management;
  const body = await read(request);
  const method = request.method ?? '';
  const [path = ''] = (request.url ?? '').split('?');
  const [, stage, door, id, ...rest] = path.split('/');
  const known = stage === api.stage && door && decodeURIComponent(door) === '@connections' && id && !rest.length;
  if (!known || !['POST', 'GET', 'DELETE'].includes(method))
    return { status: 403, type: 'ForbiddenException', body: { message: 'Forbidden' } };
  const connectionId = decodeURIComponent(id);
  const resource = `arn:aws:execute-api:us-east-1:000000000000:${api.id}/${stage}/${method}/@connections/${connectionId}`;
  const refusal = authorize(request, body, 'execute-api:ManageConnections', resource);
  if (refusal) return { status: 403, type: refusal.code, body: { message: refusal.message } };
  const connection = find(connectionId);
  return connection?.open ? act(method, connection, body) : gone;
}

/** Answers one request to the management API; never throws. */
export async function manage(
  management: Management,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, type, body } = await outcome(management, request).catch(
    (error: Error): Outcome => ({
      status: 500,
      type: 'InternalServerErrorException',
      body: { message: error.message },
    }),
  );
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(type && { 'x-amzn-errortype': type }),
  });
  response.end(text);
}
