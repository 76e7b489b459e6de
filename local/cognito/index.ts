// A Cognito user pool of the local cloud: the API, the keys and the hosted login, on one port of the loopback.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../listen.ts';
import { Refusal } from '../refusal.ts';
import { apiDoor, type IamGate } from './api/door.ts';
import { hostedDoor } from './hosted/index.ts';
import type { Pool } from './pool.ts';
import type { ClientSettings, Mail, PoolSettings } from './settings.ts';
import { codesOf } from './store/codes.ts';
import { type Database, openDatabase } from './store/database.ts';
import { signingKeyOf } from './store/keys.ts';
import { secondFactorsOf } from './store/second-factors.ts';
import { sessionsOf } from './store/sessions.ts';
import { openShadows } from './store/shadows.ts';
import { usersOf } from './store/users.ts';

export type { Mail } from './settings.ts';

export type CognitoOptions = IamGate & {
  /** Where users and the signing key are kept; made when it is not there. */
  directory: string;
  /** A free one is taken when absent. */
  port?: number;
  region: string;
  pool: PoolSettings;
  clients: readonly ClientSettings[];
  /** Runs a trigger function on an event; rejects with the function's error message. */
  invokeTrigger: (functionName: string, event: unknown) => Promise<unknown>;
  mail: (message: Mail) => void;
  /** Where mails are read, for the pages to lead there. */
  mailUrl?: string;
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

const poolOf = async (options: CognitoOptions, db: Database, origin: string): Promise<Pool> => {
  const now = options.clock ?? Date.now;
  return {
    settings: options.pool,
    region: options.region,
    issuer: `https://cognito-idp.${options.region}.amazonaws.com/${options.pool.id}`,
    origin,
    clients: new Map(options.clients.map((client) => [client.id, client])),
    users: usersOf(db),
    codes: codesOf(db),
    sessions: sessionsOf(db),
    shadows: openShadows(),
    secondFactors: secondFactorsOf(db),
    key: await signingKeyOf(db, now()),
    invokeTrigger: options.invokeTrigger,
    mail: options.mail,
    mailUrl: options.mailUrl,
    now,
  };
};

/** Starts the pool on 127.0.0.1. Throws Refusal PORT_TAKEN, STATE_CORRUPT or TEMPLATE_NOT_UNDERSTOOD. */
export const startCognito = async (options: CognitoOptions): Promise<Cognito> => {
  if (options.pool.mfa === 'ON')
    throw new Refusal(
      'TEMPLATE_NOT_UNDERSTOOD',
      `The user pool ${options.pool.id} demands MFA, which is not available locally. Set mfa to OFF or OPTIONAL for this stage.`,
    );
  const db = open(options.directory);
  const server = createServer({ keepAliveTimeout: 60_000 });
  try {
    const listening = await listen(server, options.port ?? 0, 'Cognito');
    const { url } = listening;
    const pool = await poolOf(options, db, url);
    pool.sessions.sweep(pool.now());
    const [api, hosted] = [
      apiDoor(pool, { secretOf: options.secretOf, authorize: options.authorize }),
      hostedDoor(pool),
    ];
    server.on('request', (request, response) => {
      const isCall = request.method === 'POST' && request.headers['x-amz-target'] !== undefined;
      void (isCall ? api : hosted)(request, response);
    });
    return {
      url,
      hostedUrl: url,
      issuer: pool.issuer,
      jwksPath: `/${pool.settings.id}/.well-known/jwks.json`,
      stop: async () => {
        await listening.stop();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
};
