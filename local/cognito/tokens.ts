// Tokens in Cognito's shape, for the API and for the hosted login alike: one issuer, one key, one trigger.
import { createHash, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { applyTrigger, type Claims } from './claims.ts';
import { notAuthorized } from './failure.ts';
import type { Pool } from './pool.ts';
import type { ClientSettings } from './settings.ts';
import type { Session } from './store/sessions.ts';
import type { User } from './store/users.ts';
import { runTrigger, type TriggerSource, userAttributes } from './triggers.ts';

/** The scope of every token the API itself gives. */
export const API_SCOPE = 'aws.cognito.signin.user.admin';

export type Tokens = { readonly access: string; readonly id: string; readonly expiresIn: number };

const sign = (pool: Pool, claims: Claims): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ kid: pool.key.kid, alg: 'RS256' }).sign(pool.key.privateKey);

const attributeClaims = (user: User): Claims =>
  Object.fromEntries(
    Object.entries(user.attributes).map(([name, value]) => [
      name,
      name.endsWith('_verified') ? value === 'true' : value,
    ]),
  );

/** The groups a person is in stand in both tokens; without any there is no such claim. */
const groupsOf = (pool: Pool, { sub }: User): Claims => {
  const groups = pool.users.groupsOf(sub);
  return groups.length > 0 ? { 'cognito:groups': groups } : {};
};

const baseClaims = (
  pool: Pool,
  from: { user: User; client: ClientSettings; session: Session },
): { access: Claims; id: Claims } => {
  const { user, client, session } = from;
  const iat = Math.floor(pool.now() / 1000);
  const shared = {
    sub: user.sub,
    iss: pool.issuer,
    origin_jti: session.origin,
    event_id: randomUUID(),
    auth_time: session.authTime,
    iat,
    ...groupsOf(pool, user),
  };
  return {
    access: {
      ...shared,
      client_id: client.id,
      token_use: 'access',
      scope: session.scope,
      exp: iat + client.accessTokenMinutes * 60,
      jti: randomUUID(),
      username: user.sub,
    },
    id: {
      ...attributeClaims(user),
      ...shared,
      'cognito:username': user.sub,
      aud: client.id,
      token_use: 'id',
      exp: iat + client.idTokenMinutes * 60,
      jti: randomUUID(),
    },
  };
};

type Issuing = {
  user: User;
  client: ClientSettings;
  session: Session;
  source: TriggerSource;
  /** ClientMetadata of the call; a refresh hands it on, and the answer to a challenge. */
  metadata?: Record<string, string>;
};

const throughTrigger = async (
  pool: Pool,
  from: Issuing,
  claims: { access: Claims; id: Claims },
): Promise<{ access: Claims; id: Claims }> => {
  const functionName = pool.settings.triggers.preTokenGeneration;
  if (functionName === undefined) return claims;
  const second = pool.settings.preTokenVersion === 'V2_0';
  const response = await runTrigger(pool.invokeTrigger, {
    functionName,
    source: from.source,
    version: second ? '2' : '1',
    region: pool.region,
    poolId: pool.settings.id,
    clientId: from.client.id,
    userName: from.user.sub,
    request: {
      userAttributes: userAttributes(from.user),
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      ...(second ? { scopes: from.session.scope.split(' ') } : {}),
      ...(from.metadata && { clientMetadata: from.metadata }),
    },
    response: second ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null },
  });
  return applyTrigger(claims, response, pool.settings.preTokenVersion);
};

/** Left half of the SHA-256 of the access token (OpenID Connect Core §3.1.3.6). */
const atHash = (access: string): string =>
  createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url');

/** Access and id token for a session. `nonce` and at_hash are for the hosted login. Throws what the trigger's failure is. */
export const issueTokens = async (
  pool: Pool,
  from: Issuing & { hosted?: { nonce?: string | undefined } },
): Promise<Tokens> => {
  const claims = await throughTrigger(pool, from, baseClaims(pool, from));
  const access = await sign(pool, from.hosted ? { ...claims.access, version: 2 } : claims.access);
  const extra = from.hosted
    ? { at_hash: atHash(access), ...(from.hosted.nonce ? { nonce: from.hosted.nonce } : {}) }
    : {};
  return { access, id: await sign(pool, { ...claims.id, ...extra }), expiresIn: from.client.accessTokenMinutes * 60 };
};

/** Begins a session: its refresh token and first tokens. Nothing is kept when the trigger fails. */
export const beginSession = async (
  pool: Pool,
  from: {
    user: User;
    client: ClientSettings;
    scope: string;
    /** epoch seconds; now when absent */
    authTime?: number;
    /** `origin_jti` of the session; a new one when absent. */
    origin?: string;
    source: TriggerSource;
    metadata?: Record<string, string>;
    hosted?: { nonce?: string | undefined };
  },
): Promise<Tokens & { refresh: string }> => {
  const now = pool.now();
  const session: Session = {
    origin: from.origin ?? randomUUID(),
    sub: from.user.sub,
    client: from.client.id,
    scope: from.scope,
    authTime: from.authTime ?? Math.floor(now / 1000),
    expires: now + from.client.refreshTokenDays * 86_400_000,
    revoked: false,
  };
  const tokens = await issueTokens(pool, { ...from, session });
  return { ...tokens, refresh: pool.sessions.begin(session) };
};

/** The person behind an access token that still counts. Throws NotAuthorizedException. */
export const holderOf = async (pool: Pool, token: string, scope: string): Promise<{ user: User; session: Session }> => {
  const { payload } = await jwtVerify(token, pool.key.publicKey, {
    issuer: pool.issuer,
    algorithms: ['RS256'],
    currentDate: new Date(pool.now()),
  }).catch((error: { code?: string }) => {
    throw notAuthorized(error.code === 'ERR_JWT_EXPIRED' ? 'Access Token has expired' : 'Invalid Access Token');
  });
  if (payload.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  const session = pool.sessions.byOrigin(String(payload.origin_jti));
  if (!session || session.revoked) throw notAuthorized('Access Token has been revoked');
  if (!String(payload.scope).split(' ').includes(scope))
    throw notAuthorized('Access Token does not have required scopes');
  const user = pool.users.get(String(payload.sub));
  if (!user) throw notAuthorized('Access Token has been revoked');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { user, session };
};
