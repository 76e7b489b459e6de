// What Cognito is asked for people who cannot sign in yet: registering, and a forgotten password, by the codes of its mails.
import {
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { client } from './client.ts';
import { refusing } from './refusal.ts';
import type { Credentials } from './sign-in.ts';

/** Makes the user; it is confirmed at once where the stage asks for no code. Throws EMAIL_TAKEN, WEAK_PASSWORD. */
export async function signUp(
  { stores }: OpenCtx,
  { email, password, name }: Credentials & { name: string },
): Promise<{ id: string; confirmed: boolean }> {
  const command = new SignUpCommand({
    ClientId: stores.pool.clientId,
    Username: email,
    Password: password,
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'name', Value: name },
    ],
  });
  const { UserSub, UserConfirmed } = await client().send(command).catch(refusing('WRONG_CREDENTIALS'));
  return { id: UserSub ?? '', confirmed: UserConfirmed === true };
}

/** Throws WRONG_CODE, also for an address that nobody registered or that is confirmed already, and where too many codes were tried. */
export async function confirmSignUp({ stores }: OpenCtx, email: string, code: string): Promise<void> {
  const command = new ConfirmSignUpCommand({
    ClientId: stores.pool.clientId,
    Username: email,
    ConfirmationCode: code,
  });
  await client().send(command).catch(wrongCode);
}

/** Mails a new code. An address that nobody registered, that is confirmed already, or that was sent too many is answered alike. */
export async function resendCode({ stores }: OpenCtx, email: string): Promise<void> {
  const command = new ResendConfirmationCodeCommand({ ClientId: stores.pool.clientId, Username: email });
  await client().send(command).catch(quietly);
}

/** Whether Cognito says this only of some addresses: one that nobody has, one that is confirmed, one whose code was tried or sent too often. */
const isTelling = (error: unknown): boolean =>
  [
    'UserNotFoundException',
    'NotAuthorizedException',
    'LimitExceededException',
    'TooManyFailedAttemptsException',
  ].includes((error as Error).name);

/** Refusals that would tell who has an account are none. */
function quietly(error: unknown): void {
  if (!isTelling(error) && (error as Error).name !== 'InvalidParameterException') refusing('WRONG_CODE')(error);
}

/** Refusals that would tell who has an account are a wrong code. */
function wrongCode(error: unknown): never {
  if (isTelling(error)) throw new Failure('WRONG_CODE', {}, error);
  return refusing('WRONG_CODE')(error);
}

/** Mails a code to set a new password with. Every address is answered alike, one that was sent too many too. */
export async function sendResetCode({ stores }: OpenCtx, email: string): Promise<void> {
  const command = new ForgotPasswordCommand({ ClientId: stores.pool.clientId, Username: email });
  await client().send(command).catch(quietly);
}

/** Sets a new password by the code. Throws WRONG_CODE, also where too many were tried, and WEAK_PASSWORD. */
export async function setByCode(
  { stores }: OpenCtx,
  { email, code, password }: Credentials & { code: string },
): Promise<void> {
  const command = new ConfirmForgotPasswordCommand({
    ClientId: stores.pool.clientId,
    Username: email,
    ConfirmationCode: code,
    Password: password,
  });
  await client().send(command).catch(wrongCode);
}

/** The user of an address, or undefined when there is none. */
export async function userOf(
  { stores }: OpenCtx,
  email: string,
): Promise<{ id: string; confirmed: boolean } | undefined> {
  const command = new AdminGetUserCommand({ UserPoolId: stores.pool.id, Username: email });
  const found = await client()
    .send(command)
    .catch((error: Error) =>
      error.name === 'UserNotFoundException' ? undefined : refusing('WRONG_CREDENTIALS')(error),
    );
  const id = found?.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
  return id === undefined ? undefined : { id, confirmed: found?.UserStatus !== 'UNCONFIRMED' };
}
