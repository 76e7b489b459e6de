// Calls of an administrator: signed, and judged on the pool's ARN before they come here.
import { CognitoFailure } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { attributeList, mfaSettings, type Pool } from '../pool.ts';
import type { User } from '../store/users.ts';
import { type Input, text } from './input.ts';
import { preferSecondFactor } from './mfa.ts';

/** How long a temporary password works when the policy does not say, in days (Cognito's default). */
const TEMPORARY_DAYS = 7;

/** Throws ResourceNotFound- or UserNotFoundException. */
const userOf = (pool: Pool, input: Input): User => {
  const id = text(input, 'UserPoolId');
  if (id !== pool.settings.id) throw new CognitoFailure('ResourceNotFoundException', `User pool ${id} does not exist.`);
  const user = pool.users.named(text(input, 'Username'));
  if (!user) throw new CognitoFailure('UserNotFoundException', 'User does not exist.');
  return user;
};

export const adminGetUser = async (pool: Pool, input: Input): Promise<object> => {
  const user = userOf(pool, input);
  return {
    Username: user.sub,
    UserAttributes: attributeList(user),
    UserCreateDate: user.created / 1000,
    UserLastModifiedDate: user.modified / 1000,
    Enabled: user.enabled,
    UserStatus: user.status,
    ...mfaSettings(pool, user),
  };
};

export const adminDeleteUser = async (pool: Pool, input: Input): Promise<object> => {
  pool.users.remove(userOf(pool, input).sub);
  return {};
};

/** Tokens that are out live on until they expire; what can renew them ends at once (API Reference, AdminDisableUser). */
export const adminDisableUser = async (pool: Pool, input: Input): Promise<object> => {
  const { sub } = userOf(pool, input);
  pool.users.setEnabled(sub, false, pool.now());
  pool.sessions.revokeAll(sub);
  return {};
};

export const adminEnableUser = async (pool: Pool, input: Input): Promise<object> => {
  pool.users.setEnabled(userOf(pool, input).sub, true, pool.now());
  return {};
};

export const adminUserGlobalSignOut = async (pool: Pool, input: Input): Promise<object> => {
  pool.sessions.revokeAll(userOf(pool, input).sub);
  return {};
};

export const adminSetUserMfaPreference = async (pool: Pool, input: Input): Promise<object> => {
  preferSecondFactor(pool, userOf(pool, input).sub, input);
  return {};
};

/** A permanent password confirms the user; a temporary one must be changed at the next sign-in. */
export const adminSetUserPassword = async (pool: Pool, input: Input): Promise<object> => {
  const { sub } = userOf(pool, input);
  const password = text(input, 'Password');
  checkPolicy(password, pool.settings.passwordPolicy);
  const days = pool.settings.passwordPolicy.TemporaryPasswordValidityDays ?? TEMPORARY_DAYS;
  const expires = input.Permanent === true ? undefined : pool.now() + days * 86_400_000;
  pool.users.setPassword(sub, await hashPassword(password), pool.now(), expires);
  pool.sessions.dropTickets(sub);
  return {};
};
