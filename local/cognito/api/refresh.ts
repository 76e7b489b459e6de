// New tokens for a refresh token, by the API or by /oauth2/token.
import { CognitoFailure, notAuthorized } from '../failure.ts';
import type { Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import { issueTokens, type Tokens } from '../tokens.ts';
import type { TriggerSource } from '../triggers.ts';

/**
 * A new refresh token where the client rotates them; it ends when the first one would have (Developer Guide, "Refresh token rotation").
 * The one given counts for the grace period more.
 */
const rotated = (pool: Pool, client: ClientSettings, token: string, origin: string): { refresh?: string } =>
  client.rotation
    ? { refresh: pool.sessions.rotate(token, origin, pool.now() + client.rotation.graceSeconds * 1000) }
    : {};

const mustNotBeReused = (pool: Pool, token: string): void => {
  const ends = pool.sessions.rotatedUntil(token);
  if (ends !== undefined && ends <= pool.now())
    throw new CognitoFailure('RefreshTokenReuseException', 'Refresh token has been invalidated by rotation.');
};

/**
 * New tokens for a refresh token; shared with /oauth2/token, which says `hosted`.
 * `metadata`: for the pre-token trigger. Throws NotAuthorized- or RefreshTokenReuseException.
 */
export const refresh = async (
  pool: Pool,
  client: ClientSettings,
  token: string,
  { hosted = false, metadata = {} }: { hosted?: boolean; metadata?: Record<string, string> } = {},
): Promise<Tokens & { scope: string; refresh?: string }> => {
  const session = pool.sessions.byRefreshToken(token);
  if (!session || session.client !== client.id) throw notAuthorized('Invalid Refresh Token');
  if (session.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (session.expires <= pool.now()) throw notAuthorized('Refresh Token has expired');
  mustNotBeReused(pool, token);
  const user = pool.users.get(session.sub);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const source: TriggerSource = 'TokenGeneration_RefreshTokens';
  const tokens = await issueTokens(pool, { user, client, session, source, metadata, ...(hosted && { hosted: {} }) });
  return { ...tokens, ...rotated(pool, client, token, session.origin), scope: session.scope };
};
