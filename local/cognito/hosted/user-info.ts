// /oauth2/userInfo: what the scopes of an access token let an application know about the person.
import type { Pool } from '../pool.ts';
import { holderOf } from '../tokens.ts';
import { json } from './answer.ts';
import { OAuthRefused } from './oauth.ts';
import type { Answer, Visit } from './visit.ts';

/** Attributes of the standard scopes (Developer Guide, "Scopes, M2M, and resource servers"); values are text, as there. */
const visible = (scopes: readonly string[], attributes: Readonly<Record<string, string>>): Record<string, string> => {
  const all = scopes.includes('profile') || !scopes.includes('email');
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => all || name === 'email' || name === 'email_verified'),
  );
};

/** Throws OAuthRefused invalid_token. */
export const userInfo = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const token = /^Bearer +(\S+)$/i.exec(visit.authorization ?? '')?.[1];
  if (token === undefined) throw new OAuthRefused('invalid_token', 'Access token is missing.');
  const { user, session } = await holderOf(pool, token, 'openid').catch((error: Error) => {
    throw new OAuthRefused('invalid_token', error.message);
  });
  return json(200, { sub: user.sub, ...visible(session.scope.split(' '), user.attributes), username: user.sub });
};
