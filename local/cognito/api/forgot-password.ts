// ForgotPassword, ConfirmForgotPassword: how the API and the hosted login let somebody in who has lost the password.
import { mailCode } from '../code-mail.ts';
import { CognitoFailure, invalid, notAuthorized } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { hides, type Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import type { User } from '../store/users.ts';
import { type Delivery, delivery } from './sign-up.ts';

/** Why a password cannot be recovered; undefined when it can. */
const obstacle = (user: User | undefined): CognitoFailure | undefined => {
  if (!user) return new CognitoFailure('UserNotFoundException', 'Username/client id combination not found.');
  if (!user.enabled) return notAuthorized('User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD')
    return notAuthorized('User password cannot be reset in the current state.');
  if (user.attributes.email_verified === 'true') return undefined;
  return invalid('Cannot reset password for the user as there is no registered/verified email or phone_number');
};

/**
 * Sends a code. A client that hides who exists is answered in the same way for a name nobody has, and for somebody
 * disabled or without a proven address (Developer Guide, "Managing user existence error responses").
 * Throws LimitExceededException, or what stands in the way where nothing is hidden.
 */
export const forgotPassword = (pool: Pool, client: ClientSettings, name: string): Delivery => {
  const user = pool.users.named(name);
  const refusal = obstacle(user);
  if (refusal && !hides(client)) throw refusal;
  if (!user || refusal) {
    pool.shadows.codes.issue(pool.shadows.of(name, pool.now()).sub, 'password', pool.now());
    return delivery(user?.email ?? name);
  }
  mailCode(pool, user, pool.codes.issue(user.sub, 'password', pool.now()));
  return delivery(user.email);
};

/** Sets a new password by the code. Throws CodeMismatch-, ExpiredCode-, LimitExceeded- or InvalidPasswordException. */
export const confirmForgotPassword = async (
  pool: Pool,
  client: ClientSettings,
  given: { name: string; code: string; password: string },
): Promise<void> => {
  const user = pool.users.named(given.name);
  const refusal = obstacle(user);
  if (refusal && !hides(client)) throw refusal;
  checkPolicy(given.password, pool.settings.passwordPolicy);
  const hashed = await hashPassword(given.password);
  if (!user || refusal) {
    pool.shadows.codes.spend(pool.shadows.of(given.name, pool.now()).sub, 'password', given.code, pool.now());
    throw new CognitoFailure('CodeMismatchException', 'Invalid verification code provided, please try again.');
  }
  pool.codes.spend(user.sub, 'password', given.code, pool.now());
  pool.users.setPassword(user.sub, hashed, pool.now());
  pool.sessions.dropTickets(user.sub);
};
