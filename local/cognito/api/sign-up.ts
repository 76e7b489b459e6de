// SignUp, ConfirmSignUp, ResendConfirmationCode.
import { mailCode } from '../code-mail.ts';
import { CognitoFailure, invalid, notAuthorized } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { clientOf, hides, masked, type Pool } from '../pool.ts';
import type { User } from '../store/users.ts';
import { runTrigger } from '../triggers.ts';
import { attributes, checkAttributes, type Input, isEmail, text, texts } from './input.ts';

/** Where a code went, as the API tells it. */
export type Delivery = { AttributeName: string; DeliveryMedium: string; Destination: string };

export const delivery = (email: string): Delivery => ({
  AttributeName: 'email',
  DeliveryMedium: 'EMAIL',
  Destination: masked(email),
});

const sendCode = (pool: Pool, user: User): Delivery => {
  mailCode(pool, user, pool.codes.issue(user.sub, 'sign-up', pool.now()));
  return delivery(user.email);
};

/** Asks the pre-sign-up trigger. Without one, nothing is confirmed and nothing verified. */
export const askPreSignUp = async (
  pool: Pool,
  ask: {
    clientId: string;
    sub: string;
    attributes: Record<string, string>;
    validation: Record<string, string>;
    metadata: Record<string, string>;
  },
): Promise<{ confirm: boolean; verify: boolean }> => {
  const functionName = pool.settings.triggers.preSignUp;
  if (functionName === undefined) return { confirm: false, verify: false };
  const response = await runTrigger(pool.invokeTrigger, {
    functionName,
    source: 'PreSignUp_SignUp',
    version: '1',
    region: pool.region,
    poolId: pool.settings.id,
    clientId: ask.clientId,
    userName: ask.sub,
    request: { userAttributes: ask.attributes, validationData: ask.validation, clientMetadata: ask.metadata },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return { confirm: response.autoConfirmUser === true, verify: response.autoVerifyEmail === true };
};

/** Attributes of a new user whose name is the address. Throws InvalidParameterException. */
export const newAttributes = (username: string, given: Record<string, string>): Record<string, string> => {
  if (!isEmail(username)) throw invalid('Username should be an email.');
  checkAttributes(given);
  if (given.email !== undefined && given.email.toLowerCase() !== username.toLowerCase())
    throw invalid('User email does not match the username.');
  return { email: username, email_verified: 'false', ...given };
};

const usernameExists = (): CognitoFailure =>
  new CognitoFailure('UsernameExistsException', 'An account with the given email already exists.');

export const signUp = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const [username, password] = [text(input, 'Username'), text(input, 'Password')];
  const wanted = newAttributes(username, attributes(input, 'UserAttributes'));
  checkPolicy(password, pool.settings.passwordPolicy);
  if (pool.users.named(username)) throw usernameExists();
  const sub = crypto.randomUUID();
  const verdict = await askPreSignUp(pool, {
    clientId: client.id,
    sub,
    attributes: wanted,
    validation: attributes(input, 'ValidationData'),
    metadata: texts(input, 'ClientMetadata'),
  });
  const user = pool.users.add(
    {
      sub,
      email: username,
      password: await hashPassword(password),
      status: verdict.confirm ? 'CONFIRMED' : 'UNCONFIRMED',
      attributes: { ...wanted, email_verified: String(verdict.verify) },
    },
    pool.now(),
  );
  if (!user) throw usernameExists();
  const mailed = !verdict.confirm && pool.settings.autoVerify.includes('email');
  return {
    UserConfirmed: verdict.confirm,
    UserSub: sub,
    ...(mailed ? { CodeDeliveryDetails: sendCode(pool, user) } : {}),
  };
};

export const confirmSignUp = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const [user, code] = [pool.users.named(text(input, 'Username')), text(input, 'ConfirmationCode')];
  if (!user?.enabled) {
    if (!hides(client)) throw new CognitoFailure('UserNotFoundException', 'Username/client id combination not found.');
    throw new CognitoFailure('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  }
  if (user.status !== 'UNCONFIRMED') throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  pool.codes.spend(user.sub, 'sign-up', code, pool.now());
  pool.users.confirm(user.sub, true, pool.now());
  return {};
};

export const resendConfirmationCode = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const username = text(input, 'Username');
  const user = pool.users.named(username);
  if (!user) {
    if (!hides(client)) throw new CognitoFailure('UserNotFoundException', 'Username/client id combination not found.');
    pool.shadows.codes.issue(pool.shadows.of(username, pool.now()).sub, 'sign-up', pool.now());
    return { CodeDeliveryDetails: delivery(username) };
  }
  if (user.status !== 'UNCONFIRMED') throw invalid('User is already confirmed.');
  return { CodeDeliveryDetails: sendCode(pool, user) };
};
