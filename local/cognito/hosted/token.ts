// POST /oauth2/token: codes and refresh tokens for tokens.
import { createHash, timingSafeEqual } from 'node:crypto';
import { refresh } from '../api/refresh.ts';
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import type { Ticket } from '../store/sessions.ts';
import { beginSession, type Tokens } from '../tokens.ts';
import { json } from './answer.ts';
import { OAuthRefused, publicClient, required } from './oauth.ts';
import type { Answer, Visit } from './visit.ts';

const tokens = (given: Tokens & { scope: string; refresh?: string }): Answer =>
  json(200, {
    ...(given.scope.split(' ').includes('openid') && { id_token: given.id }),
    access_token: given.access,
    ...(given.refresh !== undefined && { refresh_token: given.refresh }),
    expires_in: given.expiresIn,
    token_type: 'Bearer',
  });

/** A code bound to a challenge needs its verifier; one that is not may not come with any (RFC 9700 §2.1.1). */
const verifierFits = (challenge: string, verifier: string | null): boolean => {
  if (challenge === '' || verifier === null) return challenge === '' && verifier === null;
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const hashed = createHash('sha256').update(verifier).digest();
  const wanted = Buffer.from(challenge, 'base64url');
  return wanted.length === hashed.length && timingSafeEqual(wanted, hashed);
};

const fits = (ticket: Ticket, client: ClientSettings, form: URLSearchParams): boolean =>
  ticket.detail.client === client.id &&
  ticket.detail.redirectUri === required(form, 'redirect_uri') &&
  verifierFits(ticket.detail.challenge ?? '', form.get('code_verifier'));

/** A code is used up by the first try, a wrong one too. */
const exchangeCode = async (pool: Pool, client: ClientSettings, form: URLSearchParams): Promise<Answer> => {
  const [code] = [required(form, 'code'), required(form, 'redirect_uri')];
  const ticket = pool.sessions.spendCode(code, pool.now());
  const user = ticket && pool.users.get(ticket.sub);
  if (!user?.enabled || !ticket || !fits(ticket, client, form)) throw new OAuthRefused('invalid_grant');
  const { scope = '', nonce, authTime, origin = '' } = ticket.detail;
  const given = await beginSession(pool, {
    user,
    client,
    scope,
    origin,
    authTime: Number(authTime),
    source: 'TokenGeneration_HostedAuth',
    hosted: { nonce: nonce || undefined },
  });
  // The same code came again while the trigger ran.
  if (pool.sessions.byOrigin(origin)?.revoked) throw new OAuthRefused('invalid_grant');
  return tokens({ ...given, scope });
};

const refreshed = async (pool: Pool, client: ClientSettings, form: URLSearchParams): Promise<Answer> =>
  tokens(await refresh(pool, client, required(form, 'refresh_token'), { hosted: true }));

const grants: Readonly<Record<string, typeof exchangeCode>> = {
  authorization_code: exchangeCode,
  refresh_token: refreshed,
};

/** Throws OAuthRefused. */
export const token = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const client = publicClient(pool, visit);
  const type = required(visit.form, 'grant_type');
  // client_credentials is for clients with a secret; there are none here.
  if (type === 'client_credentials') throw new OAuthRefused('unauthorized_client');
  const grant = Object.hasOwn(grants, type) ? grants[type] : undefined;
  if (!grant) throw new OAuthRefused('unsupported_grant_type');
  try {
    return await grant(pool, client, visit.form);
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    throw new OAuthRefused('invalid_grant', error.message);
  }
};
