// Counts what functions ask of DynamoDB and S3, by standing between: requests pass unchanged, their units are written down.
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Asked, measureDynamo } from './dynamo-units.ts';

export type Counted = {
  writeUnits: number;
  readUnits: number;
  /** Bytes written to tables, indexes included. */
  tableBytes: number;
  objectPuts: number;
  objectGets: number;
  objectBytes: number;
  /** Announcements of progress and ends: each is pushed to every open socket of the tenant. */
  pushes: number;
};

export const nothing = (): Counted => ({
  writeUnits: 0,
  readUnits: 0,
  tableBytes: 0,
  objectPuts: 0,
  objectGets: 0,
  objectBytes: 0,
  pushes: 0,
});

export type Meter = { readonly url: string; readonly stop: () => Promise<void> };

type Passed = { readonly message: IncomingMessage; readonly sent: Buffer; readonly got: Buffer };

/** A server on 127.0.0.1 that hands every request to `port` and tells `seen` of it and of its answer. */
async function between(port: number, seen: (passed: Passed) => void): Promise<Meter> {
  const server = createServer(async (message, response) => {
    const sent = await buffer(message);
    const { url: path, method, headers } = message;
    const onward = request({ host: '127.0.0.1', port, path, method, headers }, async (answer) => {
      const got = await buffer(answer);
      if ((answer.statusCode ?? 500) < 400) seen({ message, sent, got });
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(got);
    });
    onward.on('error', () => response.writeHead(502).end());
    onward.end(sent);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port: own } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${own}`, stop };
}

/** Counts into `into` what passes to the DynamoDB door at `port`. */
export const meterTables = (port: number, into: Counted): Promise<Meter> => {
  const measure = measureDynamo();
  return between(port, ({ message, sent, got }) => {
    const operation = String(message.headers['x-amz-target']).split('.').at(-1) ?? '';
    const asked = JSON.parse(sent.toString() || '{}') as Asked;
    const units = measure(operation, asked, JSON.parse(got.toString() || '{}'));
    into.writeUnits += units.write;
    into.readUnits += units.read;
    into.tableBytes += units.bytes;
    into.pushes += units.pushes;
  });
};

/** Counts into `into` what passes to the S3 door at `port`. */
export const meterObjects = (port: number, into: Counted): Promise<Meter> =>
  between(port, ({ message, sent }) => {
    const { method = 'GET', url = '' } = message;
    const lists = method === 'GET' && /[?&](list-type|uploads|uploadId)/.test(url);
    if (method === 'PUT' || method === 'POST' || lists) into.objectPuts += 1;
    else if (method !== 'DELETE') into.objectGets += 1;
    if (method === 'PUT') into.objectBytes += sent.length;
  });
