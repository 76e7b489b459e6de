// UpdateUserAttributes, VerifyUserAttribute: how somebody gets another address, or another name.
import { mailCode } from '../code-mail.ts';
import { CognitoFailure, invalid } from '../failure.ts';
import type { Pool } from '../pool.ts';
import type { User } from '../store/users.ts';
import { API_SCOPE, holderOf } from '../tokens.ts';
import { attributes, checkAttributes, type Input, isEmail, text } from './input.ts';
import { type Delivery, delivery } from './sign-up.ts';

const taken = (): CognitoFailure =>
  new CognitoFailure('AliasExistsException', 'An account with the given email already exists.');

/** Sends a code to the new address; it counts at once only in a pool that does not wait for the code. */
const changeEmail = (pool: Pool, user: User, email: string): Delivery => {
  if (!isEmail(email)) throw invalid('Invalid email address format.');
  const other = pool.users.named(email);
  if (other && other.sub !== user.sub) throw taken();
  const code = pool.codes.issue(user.sub, 'email', pool.now());
  pool.users.wantEmail(user.sub, email);
  mailCode(pool, { ...user, attributes: { ...user.attributes, email } }, code);
  if (!pool.settings.keepsEmailUntilProven) pool.users.setEmail(user.sub, email, false, pool.now());
  return delivery(email);
};

/** Throws InvalidParameter-, AliasExists- or LimitExceededException. */
export const updateUserAttributes = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  const wanted = attributes(input, 'UserAttributes');
  checkAttributes(wanted);
  pool.users.setAttributes(user.sub, wanted, pool.now());
  const email = wanted.email;
  const changes = email !== undefined && email.toLowerCase() !== user.email;
  return { CodeDeliveryDetailsList: changes ? [changeEmail(pool, user, email)] : [] };
};

/** Throws CodeMismatch-, ExpiredCode-, LimitExceeded- or AliasExistsException. */
export const verifyUserAttribute = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  if (text(input, 'AttributeName') !== 'email') throw invalid('Only the attribute email is verified here.');
  const wanted = pool.users.wantedEmail(user.sub);
  pool.codes.spend(user.sub, 'email', text(input, 'Code'), pool.now());
  if (!pool.users.setEmail(user.sub, wanted ?? user.email, true, pool.now())) throw taken();
  return {};
};
