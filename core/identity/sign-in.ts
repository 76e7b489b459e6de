// What Cognito is asked for people who are not signed in: registering, signing in, refreshing, a forgotten password.
import {
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { client } from './client.ts';
import { refusing } from './refusal.ts';
import { type Claims, claimsOf } from './token.ts';

export type Credentials = { email: string; password: string };
/** `expiresIn`: seconds the access token lives. */
export type Token = { access: string; refresh: string; expiresIn: number };
/** What Cognito asks next instead of tokens. */
export type Challenge = { name: string; session: string };
/** `session`: the sign-in that the tokens are of. */
export type SignedIn = Pick<Claims, 'id' | 'session' | 'email'> & { readonly token: Token };
export type Answer = SignedIn | { readonly challenge: Challenge };

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

/** Throws WRONG_CREDENTIALS, NOT_CONFIRMED, MEMBER_INACTIVE, TOO_MANY_ATTEMPTS. */
export async function signIn({ stores }: OpenCtx, { email, password }: Credentials): Promise<Answer> {
  const command = new InitiateAuthCommand({
    ClientId: stores.pool.clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  return answered(await client().send(command).catch(refusing('WRONG_CREDENTIALS')));
}

const answerField = { SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE', NEW_PASSWORD_REQUIRED: 'NEW_PASSWORD' } as const;
export type AnswerChallenge = { email: string; name: keyof typeof answerField; session: string; answer: string };

/** Whether our own trigger refused a sign-in: it is asked after the password was found right. */
export const isProven = (error: unknown): boolean =>
  error instanceof Failure &&
  error.code === 'MEMBER_INACTIVE' &&
  error.cause instanceof Error &&
  error.cause.name === 'UserLambdaValidationException';

/** Whom our own trigger refused: it names him (functions/triggers/pre-token.ts). Undefined for every other refusal. */
export const refusedOf = ({ cause }: Failure): string | undefined =>
  cause instanceof Error && cause.name === 'UserLambdaValidationException'
    ? /MEMBER_INACTIVE ([\w-]+)/.exec(cause.message)?.[1]
    : undefined;

/** Answers what a sign-in asked for. Throws WRONG_CODE, WEAK_PASSWORD, WRONG_CREDENTIALS when the session is over. */
export async function answerChallenge(
  { stores }: OpenCtx,
  { email, name, session, answer }: AnswerChallenge,
): Promise<Answer> {
  const command = new RespondToAuthChallengeCommand({
    ClientId: stores.pool.clientId,
    ChallengeName: name,
    Session: session,
    ChallengeResponses: { USERNAME: email, [answerField[name]]: answer },
  });
  return answered(await client().send(command).catch(refusing('WRONG_CREDENTIALS')));
}

export type Refreshed = Claims & { readonly token: Token };

/** New tokens for a refresh token, for `tenant` or the one last worked in, and whose they are. Throws INVALID_REFRESH, REFRESH_REUSED, MEMBER_INACTIVE. */
export async function refreshed({ stores }: OpenCtx, refresh: string, tenant?: string): Promise<Refreshed> {
  const command = new GetTokensFromRefreshTokenCommand({
    ClientId: stores.pool.clientId,
    RefreshToken: refresh,
    // for the pre-token trigger, which checks the membership
    ...(tenant !== undefined && { ClientMetadata: { tenant_id: tenant } }),
  });
  const { AuthenticationResult = {} } = await client().send(command).catch(refusing('INVALID_REFRESH'));
  const token = tokenOf(AuthenticationResult, AuthenticationResult.RefreshToken ?? refresh);
  return { ...claimsOf(token.access), token };
}

/** Ends the sign-in behind a refresh token. Throws INVALID_REFRESH. */
export async function revoke({ stores }: OpenCtx, refresh: string): Promise<void> {
  const command = new RevokeTokenCommand({ ClientId: stores.pool.clientId, Token: refresh });
  await client().send(command).catch(refusing('INVALID_REFRESH'));
}

/** Ends every sign-in of a user. */
export async function signOutEverywhere({ stores }: OpenCtx, id: string): Promise<void> {
  await client()
    .send(new AdminUserGlobalSignOutCommand({ UserPoolId: stores.pool.id, Username: id }))
    .catch(refusing('INVALID_TOKEN'));
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

/** Throws WRONG_CREDENTIALS unless the password, and the code where a second factor counts, are the person's. No sign-in is left of it. */
export async function prove(ctx: OpenCtx, { email, password, code }: Credentials & { code?: string }): Promise<void> {
  const first = await signIn(ctx, { email, password });
  if (!('challenge' in first)) return revoke(ctx, first.token.refresh);
  const { name, session } = first.challenge;
  if (code === undefined) return;
  if (name !== 'SOFTWARE_TOKEN_MFA') throw new Failure('WRONG_CODE');
  const second = await answerChallenge(ctx, { email, name, session, answer: code });
  if ('token' in second) await revoke(ctx, second.token.refresh);
}

function answered({
  AuthenticationResult,
  ChallengeName,
  Session,
}: Pick<InitiateAuthCommandOutput, 'AuthenticationResult' | 'ChallengeName' | 'Session'>): Answer {
  if (!AuthenticationResult) return { challenge: { name: ChallengeName ?? '', session: Session ?? '' } };
  const token = tokenOf(AuthenticationResult, AuthenticationResult.RefreshToken ?? '');
  return { ...claimsOf(token.access), token };
}

const tokenOf = (result: AuthenticationResultType, refresh: string): Token => ({
  access: result.AccessToken ?? '',
  refresh: result.RefreshToken ?? refresh,
  expiresIn: result.ExpiresIn ?? 0,
});
