// /.well-known/openid-configuration of the pool: the issuer as on AWS, the endpoints as they are here.
import type { Pool } from '../pool.ts';
import { json } from './answer.ts';
import type { Answer } from './visit.ts';

export const discovery = (pool: Pool): Answer => {
  const { origin } = pool;
  return json(200, {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    code_challenge_methods_supported: ['S256'],
    end_session_endpoint: `${origin}/logout`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: pool.issuer,
    jwks_uri: `${origin}/${pool.settings.id}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    revocation_endpoint: `${origin}/oauth2/revoke`,
    scopes_supported: [...new Set([...pool.clients.values()].flatMap(({ scopes }) => scopes))],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['none'],
    userinfo_endpoint: `${origin}/oauth2/userInfo`,
  });
};
