// A Cognito user pool of the local cloud: the API, the keys and the hosted login, on one port of the loopback.
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { apiDoor, type IamGate } from './api/door.ts';
import type { Pool } from './pool.ts';
import type { ClientSettings, Mail, PoolSettings } from './settings.ts';
import { codesOf } from './store/codes.ts';
import { type Database, openDatabase } from './store/database.ts';
import { signingKeyOf } from './store/keys.ts';
import { sessionsOf } from './store/sessions.ts';
import { usersOf } from './store/users.ts';

export type { ClientSettings, Mail, PasswordPolicy, PoolSettings } from './settings.ts';

export type CognitoOptions = IamGate & {
  /** Where users and the signing key are kept; made when it is not there. */
  directory: string;
  /** A free one is taken when absent. */
  port?: number;
  region: string;
  pool: PoolSettings;
  clients: readonly ClientSettings[];
  /** Prefix of the hosted login's domain on AWS. */
  domain: string;
  /** Runs a trigger function on an event; rejects with the function's error message. */
  invokeTrigger: (functionName: string, event: unknown) => Promise<unknown>;
  mail: (message: Mail) => void;
  /** epoch ms; the machine's clock when absent */
  clock?: () => number;
};

export type Cognito = {
  /** The JSON API: what AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER is set to. */
  url: string;
  /** Base of /oauth2/authorize, /login, /logout … */
  hostedUrl: string;
  /** As in the tokens: https://cognito-idp.<region>.amazonaws.com/<pool> */
  issuer: string;
  /** Path of the key set under `url`. */
  jwksPath: string;
  stop(): Promise<void>;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Refusal(
              'PORT_TAKEN',
              `Port ${port} for Cognito is in use. Stop the program that uses it, or choose another port.`,
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const open = (directory: string): Database => {
  try {
    mkdirSync(directory, { recursive: true });
    return openDatabase(join(directory, 'pool.sqlite'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      'STATE_CORRUPT',
      `The users kept in ${directory} cannot be read (${reason}). Move that folder away to start empty.`,
      { cause: error },
    );
  }
};

const poolOf = async (options: CognitoOptions, db: Database): Promise<Pool> => {
  const now = options.clock ?? Date.now;
  return {
    settings: options.pool,
    region: options.region,
    issuer: `https://cognito-idp.${options.region}.amazonaws.com/${options.pool.id}`,
    clients: new Map(options.clients.map((client) => [client.id, client])),
    users: usersOf(db),
    codes: codesOf(db),
    sessions: sessionsOf(db),
    key: await signingKeyOf(db, now()),
    invokeTrigger: options.invokeTrigger,
    mail: options.mail,
    now,
  };
};

const json = (response: ServerResponse, body: object): void => {
  response
    .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    .end(JSON.stringify(body));
};

/** Starts the pool on 127.0.0.1. Throws Refusal PORT_TAKEN, STATE_CORRUPT or TEMPLATE_NOT_UNDERSTOOD. */
export const startCognito = async (options: CognitoOptions): Promise<Cognito> => {
  if (options.pool.mfa === 'ON')
    throw new Refusal(
      'TEMPLATE_NOT_UNDERSTOOD',
      `The user pool ${options.pool.id} demands MFA, which is not available locally. Set mfa to OFF or OPTIONAL for this stage.`,
    );
  const db = open(options.directory);
  const pool = await poolOf(options, db);
  pool.sessions.sweep(pool.now());
  const server = createServer({ keepAliveTimeout: 60_000 });
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const wellKnown = `/${pool.settings.id}/.well-known`;
  const api = apiDoor(pool, { secretOf: options.secretOf, authorize: options.authorize });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (request.method === 'POST' && request.headers['x-amz-target']) return api(request, response);
    if (pathname === `${wellKnown}/jwks.json`) return json(response, { keys: [pool.key.publicJwk] });
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  };
  server.on('request', (request, response) => void answer(request, response));
  return {
    url,
    hostedUrl: url,
    issuer: pool.issuer,
    jwksPath: `${wellKnown}/jwks.json`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      db.close();
    },
  };
};
