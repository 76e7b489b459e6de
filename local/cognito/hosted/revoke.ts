// POST /oauth2/revoke: ends a session by its refresh token.
import { revokeSession } from '../api/session.ts';
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { json } from './answer.ts';
import { OAuthRefused, publicClient, required } from './oauth.ts';
import type { Answer, Visit } from './visit.ts';

/** Throws OAuthRefused unsupported_token_type for an access or id token. */
export const revoke = (pool: Pool, visit: Visit): Answer => {
  const client = publicClient(pool, visit);
  try {
    revokeSession(pool, client, required(visit.form, 'token'));
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    throw new OAuthRefused(
      error.code === 'UnsupportedTokenTypeException' ? 'unsupported_token_type' : 'invalid_request',
    );
  }
  return json(200, {});
};
