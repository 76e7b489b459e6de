// One WebSocket API of the template, served on the loopback with its management API.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Lambda } from '../lambda/pool.ts';
import { type Listening, listen } from '../listen.ts';
import type { ApiPlan, RoutePlan } from '../template/api.ts';
import { Connection, type Lifetime } from './connection.ts';
import { type Handshake, handshakeOf, socketEvent, type Told } from './event.ts';
import { type Management, manage, messageLimit } from './management.ts';
import { lifeRoute, messageRoute } from './route.ts';

export type SocketOptions = {
  readonly plan: ApiPlan;
  readonly lambda: Lambda;
  readonly port: number;
  readonly lifetime: Lifetime;
  readonly authorize: Management['authorize'];
};

type Result = { readonly statusCode?: number; readonly body?: string } | null;

const refuse = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

class SocketApi {
  readonly #options: SocketOptions;
  readonly #connections = new Map<string, Connection>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: messageLimit, handleProtocols: () => false });

  constructor(options: SocketOptions) {
    this.#options = options;
  }

  find(connectionId: string): Connection | undefined {
    return this.#connections.get(connectionId);
  }

  async open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { plan } = this.#options;
    const [path = ''] = (request.url ?? '').split('?');
    if (path.replace(/\/$/, '') !== `/${plan.stage}`) return refuse(socket, 403);
    const handshake = handshakeOf(request, randomBytes(9).toString('base64url'), Date.now());
    const route = lifeRoute(plan, '$connect');
    const status = route ? await this.#connect(route, handshake) : 200;
    if (socket.destroyed)
      return this.#tell(handshake, { routeKey: '$disconnect', type: 'DISCONNECT', ending: { code: 1006, reason: '' } });
    if (status < 200 || status > 299) return refuse(socket, status);
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      const heard = {
        message: (connection: Connection, data: Buffer, isBinary: boolean) => this.#message(connection, data, isBinary),
        closed: ({ handshake: { connectionId } }: Connection, code: number, reason: string) => {
          this.#connections.delete(connectionId);
          void this.#tell(handshake, { routeKey: '$disconnect', type: 'DISCONNECT', ending: { code, reason } });
        },
      };
      this.#connections.set(handshake.connectionId, new Connection(opened, handshake, this.#options.lifetime, heard));
    });
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.terminate();
    this.#server.close();
  }

  /** Status of the handshake: what the function answers; 502 when it fails. */
  async #connect(route: RoutePlan, handshake: Handshake): Promise<number> {
    const answer = await this.#invoke(route, handshake, { routeKey: '$connect', type: 'CONNECT' });
    if (!answer.ok) return 502;
    return (JSON.parse(answer.payload) as Result)?.statusCode ?? 200;
  }

  async #tell(handshake: Handshake, told: Told): Promise<void> {
    const route = lifeRoute(this.#options.plan, told.routeKey);
    if (route) await this.#invoke(route, handshake, told);
  }

  #invoke(route: RoutePlan, handshake: Handshake, told: Told) {
    const { plan, lambda } = this.#options;
    return lambda.invoke(route.function, socketEvent(handshake, told, plan, new Date()));
  }

  async #message(connection: Connection, data: Buffer, isBinary: boolean): Promise<void> {
    const { handshake } = connection;
    const text = data.toString('utf8');
    const route = messageRoute(this.#options.plan, text);
    const complain = (message: string) =>
      connection.send(
        JSON.stringify({
          message,
          connectionId: handshake.connectionId,
          requestId: randomBytes(9).toString('base64url'),
        }),
      );
    if (!route) return complain('Forbidden');
    const body = isBinary ? data.toString('base64') : text;
    const told: Told = { routeKey: route.key, type: 'MESSAGE', body, isBase64Encoded: isBinary };
    const answer = await this.#invoke(route, handshake, told);
    if (!connection.open) return;
    if (!answer.ok) return complain('Internal server error');
    const result = JSON.parse(answer.payload) as Result;
    if (route.answers && result?.body !== undefined) connection.send(result.body);
  }
}

/** Serves a WebSocket API on `port` (0: any free one); `url` is that of the management API. Throws PORT_TAKEN. */
export async function startSocket(options: SocketOptions): Promise<Listening> {
  const api = new SocketApi(options);
  const management: Management = { api: options.plan, find: (id) => api.find(id), authorize: options.authorize };
  const server = createServer((request, response) => void manage(management, request, response));
  // The server forgets those it upgrades, whose $connect may still be under way when it stops, and waits for them all the same.
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    socket.on('error', () => socket.destroy());
    api.open(request, socket, head).catch(() => socket.destroy());
  });
  const listening = await listen(server, options.port, 'the WebSocket API');
  return {
    ...listening,
    stop: async () => {
      api.close();
      for (const socket of upgraded) socket.destroy();
      await listening.stop();
    },
  };
}
