// One open socket: its messages in order, its end when it is silent or old.
import type { RawData, WebSocket } from 'ws';
import type { Handshake } from './event.ts';

/** Quotas of WebSocket APIs: idle 10 minutes, 2 hours in all; milliseconds. */
export type Lifetime = { readonly idle: number; readonly whole: number };
export const lifetime: Lifetime = { idle: 600_000, whole: 7_200_000 };

/** Bytes that may lie here for a client that does not read; whoever has more to say to it is refused, and is not kept waiting. */
const mostUnread = 256 * 1024;

/** Close codes API Gateway uses when it ends a socket itself. */
const goingAway = 1001;

export type Heard = {
  readonly message: (connection: Connection, data: Buffer, isBinary: boolean) => Promise<void>;
  readonly closed: (connection: Connection, code: number, reason: string) => void;
};

export class Connection {
  readonly handshake: Handshake;
  readonly #socket: WebSocket;
  readonly #lifetime: Lifetime;
  readonly #whole: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  #lastActive = Date.now();

  constructor(socket: WebSocket, handshake: Handshake, times: Lifetime, heard: Heard) {
    this.#socket = socket;
    this.handshake = handshake;
    this.#lifetime = times;
    this.#whole = setTimeout(() => this.close('Connection duration exceeded'), times.whole);
    this.#touch();
    socket.on('message', (data: RawData, isBinary) => {
      this.#touch();
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
      void heard.message(this, bytes, isBinary);
    });
    socket.on('ping', () => this.#touch());
    // A frame over the limit closes the socket with 1009; the close says so, the error needs no second telling.
    socket.on('error', () => {});
    socket.on('close', (code, reason) => {
      clearTimeout(this.#whole);
      clearTimeout(this.#idle);
      heard.closed(this, code, reason.toString());
    });
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  get lastActive(): number {
    return this.#lastActive;
  }

  #touch(): void {
    this.#lastActive = Date.now();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close('Idle timeout'), this.#lifetime.idle);
  }

  /** Whether too much lies here that the client has not read. */
  get full(): boolean {
    return this.#socket.bufferedAmount > mostUnread;
  }

  /** Sends data on its way to the client. What cannot be written ends the socket, which tells of it. */
  send(data: Buffer | string): void {
    this.#touch();
    this.#socket.send(data.toString(), () => {});
  }

  close(reason: string): void {
    this.#socket.close(goingAway, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
