// What an application asks of /oauth2/authorize and /login, checked before anything is done with it.
import type { Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import { withParameters } from './answer.ts';

export type LoginRequest = {
  readonly client: ClientSettings;
  readonly redirectUri: string;
  /** Separated by spaces. */
  readonly scope: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** PKCE, S256 */
  readonly challenge: string | undefined;
  readonly loginHint: string | undefined;
  /** `login` asks for the password again, `none` asks for nothing. */
  readonly prompt: string | undefined;
  /** The same request again, for links and forms: known parameters only. */
  readonly query: string;
};

/** A request that is refused: to the application when its address is known to be its own, else on a page of ours. */
export class RequestRefused extends Error {
  readonly code: string;
  readonly location: string | undefined;
  constructor(code: string, location?: string) {
    super(code);
    this.name = 'RequestRefused';
    this.code = code;
    this.location = location;
  }
}

const names = [
  'client_id',
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
  'lang',
] as const;

/** A parameter given once; given twice it is nobody's (RFC 6749 §3.1). */
const single = (query: URLSearchParams, name: string): string | undefined => {
  const [value, ...more] = query.getAll(name);
  if (more.length > 0) throw new RequestRefused('invalid_request');
  return value === '' ? undefined : value;
};

/** Only addresses of the client, compared letter by letter: nothing else is ever redirected to. */
const readClient = (pool: Pool, query: URLSearchParams): { client: ClientSettings; redirectUri: string } => {
  const client = pool.clients.get(single(query, 'client_id') ?? '');
  if (!client) throw new RequestRefused('invalid_client');
  const redirectUri = single(query, 'redirect_uri');
  if (redirectUri === undefined) throw new RequestRefused('invalid_request');
  if (!client.callbackUrls.includes(redirectUri)) throw new RequestRefused('redirect_mismatch');
  return { client, redirectUri };
};

const readScope = (client: ClientSettings, asked: string | undefined): string | undefined => {
  const scopes = (asked ?? client.scopes.join(' ')).split(' ').filter((scope) => scope !== '');
  return scopes.every((scope) => client.scopes.includes(scope)) ? [...new Set(scopes)].join(' ') : undefined;
};

/** S256 alone (Developer Guide, "Authorize endpoint"); a challenge is 32 bytes in base64url. */
const challengeIsFine = (challenge: string | undefined, method: string | undefined): boolean =>
  challenge === undefined ? method === undefined : method === 'S256' && /^[\w-]{43}$/.test(challenge);

const keptOf = (get: (name: string) => string | undefined): string => {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = get(name);
    if (value !== undefined) kept.set(name, value);
  }
  return kept.toString();
};

/** Throws RequestRefused. */
export const readRequest = (pool: Pool, query: URLSearchParams): LoginRequest => {
  const { client, redirectUri } = readClient(pool, query);
  for (const name of [...names, 'prompt']) single(query, name);
  const get = (name: string): string | undefined => query.get(name) || undefined;
  const refuse = (error: string): RequestRefused =>
    new RequestRefused(error, withParameters(redirectUri, { error, state: get('state') }));
  const type = get('response_type');
  if (type === undefined) throw refuse('invalid_request');
  if (type !== 'code') throw refuse(type === 'token' ? 'unauthorized_client' : 'unsupported_response_type');
  const scope = readScope(client, get('scope'));
  if (scope === undefined) throw refuse('invalid_scope');
  const challenge = get('code_challenge');
  if (!challengeIsFine(challenge, get('code_challenge_method'))) throw refuse('invalid_request');
  return {
    client,
    redirectUri,
    scope,
    state: get('state'),
    nonce: get('nonce'),
    challenge,
    loginHint: get('login_hint'),
    prompt: get('prompt'),
    query: keptOf(get),
  };
};
