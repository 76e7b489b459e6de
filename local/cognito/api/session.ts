// What a signed-in person does with tokens: GetUser, ChangePassword, GlobalSignOut, RevokeToken, GetTokensFromRefreshToken.
import { CognitoFailure, notAuthorized } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { attributeList, clientOf, mfaSettings, type Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import { provePassword } from '../sign-in.ts';
import { API_SCOPE, holderOf } from '../tokens.ts';
import { authenticated } from './authenticate.ts';
import { type Input, text, texts } from './input.ts';
import { refresh } from './refresh.ts';

export const getUser = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  return { Username: user.sub, UserAttributes: attributeList(user), ...mfaSettings(pool, user) };
};

/** A wrong old password counts towards the lock-out like one at sign-in. Other sessions go on, as on AWS. */
export const changePassword = async (pool: Pool, input: Input): Promise<object> => {
  const { user, session } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  const [old, wanted] = [text(input, 'PreviousPassword'), text(input, 'ProposedPassword')];
  await provePassword(pool, clientOf(pool, session.client), user.sub, old).catch((error: Error) => {
    if (error.message !== 'Password attempts exceeded') throw error;
    throw new CognitoFailure('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  });
  checkPolicy(wanted, pool.settings.passwordPolicy);
  pool.users.setPassword(user.sub, await hashPassword(wanted), pool.now());
  return {};
};

export const globalSignOut = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  pool.sessions.revokeAll(user.sub);
  return {};
};

const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);

/**
 * Ends the session of a refresh token; one that nobody has is ended already (RFC 7009 §2.2).
 * Throws UnsupportedTokenTypeException, or NotAuthorizedException for another client's token.
 */
export const revokeSession = (pool: Pool, client: ClientSettings, token: string): void => {
  if (isJwt(token)) throw new CognitoFailure('UnsupportedTokenTypeException', 'Unsupported token type');
  const session = pool.sessions.byRefreshToken(token);
  if (session && session.client !== client.id) throw notAuthorized('Token is not issued by the client');
  if (session) pool.sessions.revoke(session.origin);
};

export const revokeToken = async (pool: Pool, input: Input): Promise<object> => {
  revokeSession(pool, clientOf(pool, text(input, 'ClientId')), text(input, 'Token'));
  return {};
};

/** Its ClientMetadata reaches the pre-token trigger (API Reference, GetTokensFromRefreshToken). */
export const getTokensFromRefreshToken = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const metadata = texts(input, 'ClientMetadata');
  return authenticated(await refresh(pool, client, text(input, 'RefreshToken'), { metadata }));
};
