// A server of the local cloud on the loopback, and its end.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from './refusal.ts';

export type Listening = { readonly url: string; readonly port: number; stop(): Promise<void> };

/** Listens on 127.0.0.1 (`port` 0: any free one). Throws PORT_TAKEN naming the port and `what` wanted it. */
export async function listen(server: Server, port: number, what: string): Promise<Listening> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') throw cause;
    const advice = `Stop what uses it (is another \`npm start\` running?) or choose other ports with --port N.`;
    throw new Refusal('PORT_TAKEN', `Port ${port} for ${what} cannot be used (${cause.code}). ${advice}`, { cause });
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
