// Sockets: connecting, routes by message, the management API, and their ends.
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { admitWith } from '../../../local/iam/admit.ts';
import { makeCallers } from '../../../local/iam/callers.ts';
import type { Answer } from '../../../local/lambda/instance.ts';
import { lifetime } from '../../../local/socket/connection.ts';
import { startSocket } from '../../../local/socket/gateway.ts';
import type { ApiPlan } from '../../../local/template/api.ts';

type Event = { requestContext: Record<string, never>; body?: string; queryStringParameters?: Record<string, string> };
type Functions = Record<string, (event: Event) => unknown>;

const ok = (value: unknown): Answer => ({ ok: true, payload: JSON.stringify(value ?? null) });
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const api = 'arn:aws:execute-api:us-east-1:000000000000:abc/live/*/@connections/*';
const statements = [{ effect: 'Allow', actions: ['execute-api:ManageConnections'], resources: [api], conditions: {} }];
const roles = [{ name: 'pusher', arn: 'pusher', statements, trust: [] }] as const;
const functions = ['pusher', 'bare'].map((name) => ({ name, role: name })) as never;

/** A WebSocket API with a route for each function named. */
async function anApi(routes: Functions, times = lifetime) {
  const plan: ApiPlan = {
    id: 'abc',
    logicalId: 'Socket',
    protocol: 'WEBSOCKET',
    stage: 'live',
    stageVariables: {},
    routeSelection: '$request.body.action',
    routes: Object.keys(routes).map((key) => ({ key, function: key, timeout: 29_000, answers: key === 'ask' })),
  };
  const told: { route: string; event: Event }[] = [];
  const lambda = {
    invoke: async (route: string, event: unknown): Promise<Answer> => {
      told.push({ route, event: event as Event });
      try {
        return ok(await routes[route]?.(event as Event));
      } catch (error) {
        return { ok: false, error: { errorType: 'Error', errorMessage: (error as Error).message } };
      }
    },
    stop: async () => {},
  };
  const callers = makeCallers(functions, roles as never);
  const authorize = admitWith(callers, 'execute-api');
  const gateway = await startSocket({ plan, lambda, port: 0, lifetime: times, authorize });
  endings.push(() => gateway.stop());
  const management = (accessKeyId = 'pusher') => {
    const credentials = { accessKeyId, secretAccessKey: callers.secretOf(accessKeyId) ?? 'guess' };
    const endpoint = `${gateway.url}/live`;
    const client = new ApiGatewayManagementApiClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
    endings.push(() => client.destroy());
    return client;
  };
  return { told, management, url: gateway.url.replace('http', 'ws'), stop: () => gateway.stop() };
}

/** An open socket that keeps what it hears. */
async function open(url: string) {
  const socket = new WebSocket(url);
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data: Buffer) => {
    heard.push(data.toString());
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const next = async (): Promise<string> => {
    while (heard.length === 0) await new Promise<void>((wake) => waiting.push(wake));
    return heard.shift() ?? '';
  };
  return { socket, next, closed };
}

test('messages go to the route they name, to $default otherwise; an answer returns where the route says so', async () => {
  const { url, told } = await anApi({
    $connect: () => ({ statusCode: 200 }),
    ask: ({ body }) => ({ statusCode: 200, body: `you said ${body}` }),
    $default: () => ({ statusCode: 200, body: 'never sent' }),
  });
  const { socket, next } = await open(`${url}/live?ticket=t1`);
  expect(told[0]?.event).toMatchObject({
    queryStringParameters: { ticket: 't1' },
    requestContext: { eventType: 'CONNECT', routeKey: '$connect', stage: 'live' },
  });
  socket.send('{"action":"other"}');
  socket.send('no json');
  socket.send('{"action":"ask"}');
  expect(await next()).toBe('you said {"action":"ask"}');
  expect(told.map(({ route }) => route)).toEqual(['$connect', '$default', '$default', 'ask']);
});

test('a refused or failed $connect is a failed handshake', async () => {
  const { url } = await anApi({
    $connect: ({ queryStringParameters }) => {
      if (!queryStringParameters) throw new Error('broken');
      return { statusCode: 401 };
    },
  });
  await expect(open(`${url}/live?ticket=x`)).rejects.toThrow('401');
  await expect(open(`${url}/live`)).rejects.toThrow('502');
  await expect(open(`${url}/other`)).rejects.toThrow('403');
});

test('a function that fails, or no route at all, is told to the client', async () => {
  const { url } = await anApi({
    ask: () => {
      throw new Error('broken');
    },
  });
  const { socket, next } = await open(`${url}/live`);
  socket.send('{"action":"ask"}');
  expect(JSON.parse(await next())).toMatchObject({ message: 'Internal server error' });
  socket.send('{"action":"other"}');
  expect(JSON.parse(await next())).toMatchObject({ message: 'Forbidden' });
});

test('functions push to a connection, look at it and end it', async () => {
  const { url, told, management } = await anApi({ $connect: () => undefined, $disconnect: () => undefined });
  const { next, closed } = await open(`${url}/live`);
  const ConnectionId = String(told[0]?.event.requestContext.connectionId);
  const client = management();
  await client.send(new PostToConnectionCommand({ ConnectionId, Data: new TextEncoder().encode('推送') }));
  expect(await next()).toBe('推送');
  const { ConnectedAt } = await client.send(new GetConnectionCommand({ ConnectionId }));
  expect(ConnectedAt).toBeInstanceOf(Date);
  await client.send(new DeleteConnectionCommand({ ConnectionId }));
  expect(await closed).toBe(1001);
  await expect(client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' as never }))).rejects.toMatchObject({
    name: 'GoneException',
  });
});

test('a push needs a grant and a known key, and fits in 128 KB', async () => {
  const { url, told, management } = await anApi({ $connect: () => undefined });
  await open(`${url}/live`);
  const ConnectionId = String(told[0]?.event.requestContext.connectionId);
  const push = (key: string, size = 1) =>
    management(key).send(new PostToConnectionCommand({ ConnectionId, Data: new Uint8Array(size) }));
  await expect(push('bare')).rejects.toThrow(/not authorized to perform: execute-api:ManageConnections/);
  await expect(push('nobody')).rejects.toThrow(/does not exist in our records/);
  await expect(push('pusher', 128 * 1024 + 1)).rejects.toMatchObject({ name: 'PayloadTooLargeException' });
});

test('a client that does not read keeps nobody waiting: a push is refused once too much lies there', async () => {
  const { url, told, management } = await anApi({ $connect: () => undefined });
  const { socket } = await open(`${url}/live`);
  socket.pause();
  const ConnectionId = String(told[0]?.event.requestContext.connectionId);
  const client = management();
  const push = () => client.send(new PostToConnectionCommand({ ConnectionId, Data: new Uint8Array(128 * 1024) }));
  const pushed = async () => {
    for (let megabytes = 0; megabytes < 64; megabytes++) for (let part = 0; part < 8; part++) await push();
  };
  await expect(pushed()).rejects.toMatchObject({ name: 'LimitExceededException' });
  socket.terminate();
});

test('a socket that goes is told to $disconnect once, with its close code', async () => {
  const { url, told } = await anApi({ $disconnect: () => undefined });
  const { socket, closed } = await open(`${url}/live`);
  socket.close(4001, 'bye');
  await closed;
  while (told.length === 0) await new Promise((done) => setTimeout(done, 5));
  expect(told).toHaveLength(1);
  expect(told[0]?.event.requestContext).toMatchObject({ disconnectStatusCode: 4001, disconnectReason: 'bye' });
});

test('a silent socket is ended, and one that lived its time', async () => {
  const idle = await anApi({}, { idle: 50, whole: 60_000 });
  expect(await (await open(`${idle.url}/live`)).closed).toBe(1001);
  const old = await anApi({}, { idle: 60_000, whole: 50 });
  expect(await (await open(`${old.url}/live`)).closed).toBe(1001);
});

test('a frame over 128 KB closes the socket with 1009', async () => {
  const { url } = await anApi({ $default: () => undefined });
  const { socket, closed } = await open(`${url}/live`);
  socket.send('x'.repeat(128 * 1024 + 1));
  expect(await closed).toBe(1009);
});

test('one who goes before the answer comes disturbs nobody else', async () => {
  const { url, told } = await anApi({
    ask: ({ body }) => ({ body: `you said ${body}` }),
    $disconnect: () => undefined,
  });
  for (let gone = 0; gone < 5; gone++) {
    const { socket } = await open(`${url}/live`);
    for (let said = 0; said < 20; said++) socket.send('{"action":"other"}');
    socket.terminate();
  }
  while (told.length < 5) await new Promise((done) => setTimeout(done, 5));
  const { socket, next } = await open(`${url}/live`);
  socket.send('{"action":"ask"}');
  expect(await next()).toBe('you said {"action":"ask"}');
});

test('it stops though a $connect is still under way', async () => {
  const { url, told, stop } = await anApi({ $connect: () => new Promise(() => {}) });
  const refused = expect(open(`${url}/live`)).rejects.toThrow();
  while (told.length === 0) await new Promise((done) => setTimeout(done, 5));
  await stop();
  await refused;
});
