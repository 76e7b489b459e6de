// What Cognito is asked, and what its refusals mean to the person in front of us.
import {
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure, type FailureCode } from '../platform/failure.ts';
import { type Words, words } from '../platform/words.ts';
import type { AnswerChallenge, Challenge, Token } from './schema.ts';

let shared: CognitoIdentityProviderClient | undefined;
const client = () => (shared ??= new CognitoIdentityProviderClient({}));

export type Credentials = { email: string; password: string };
export type SignedIn = { readonly id: string; readonly token: Token };
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

/** Throws WRONG_CODE; CONFLICT when the address is confirmed already. */
export async function confirmSignUp({ stores }: OpenCtx, email: string, code: string): Promise<void> {
  const command = new ConfirmSignUpCommand({
    ClientId: stores.pool.clientId,
    Username: email,
    ConfirmationCode: code,
  });
  await client().send(command).catch(refusing('WRONG_CODE'));
}

/** Mails a new code. An address that nobody registered is answered alike. */
export async function resendCode({ stores }: OpenCtx, email: string): Promise<void> {
  const command = new ResendConfirmationCodeCommand({ ClientId: stores.pool.clientId, Username: email });
  await client().send(command).catch(refusing('WRONG_CODE'));
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

/** New tokens for a refresh token. Throws INVALID_REFRESH, MEMBER_INACTIVE. */
export async function refreshed({ stores }: OpenCtx, refresh: string): Promise<Token> {
  const command = new GetTokensFromRefreshTokenCommand({ ClientId: stores.pool.clientId, RefreshToken: refresh });
  const { AuthenticationResult } = await client().send(command).catch(refusing('INVALID_REFRESH'));
  return tokenOf(AuthenticationResult ?? {}, refresh);
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

/** The subject of the user of an address. */
export async function subjectOf({ stores }: OpenCtx, email: string): Promise<string> {
  const command = new AdminGetUserCommand({ UserPoolId: stores.pool.id, Username: email });
  const { UserAttributes = [] } = await client().send(command).catch(refusing('WRONG_CREDENTIALS'));
  return UserAttributes.find(({ Name }) => Name === 'sub')?.Value ?? '';
}

function answered({
  AuthenticationResult,
  ChallengeName,
  Session,
}: Pick<InitiateAuthCommandOutput, 'AuthenticationResult' | 'ChallengeName' | 'Session'>): Answer {
  if (!AuthenticationResult) return { challenge: { name: ChallengeName ?? '', session: Session ?? '' } };
  const token = tokenOf(AuthenticationResult, AuthenticationResult.RefreshToken ?? '');
  return { id: subject(token.access), token };
}

const tokenOf = (result: AuthenticationResultType, refresh: string): Token => ({
  access: result.AccessToken ?? '',
  refresh: result.RefreshToken ?? refresh,
  expiresIn: result.ExpiresIn ?? 0,
});

/** `sub` of a token that Cognito itself has just handed over; tokens from elsewhere are verified by the authorizer. */
function subject(access: string): string {
  const payload = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString('utf8');
  return String((JSON.parse(payload) as { sub?: unknown }).sub);
}

const codes: Readonly<Record<string, FailureCode>> = {
  UsernameExistsException: 'EMAIL_TAKEN',
  UserNotFoundException: 'WRONG_CREDENTIALS',
  UserNotConfirmedException: 'NOT_CONFIRMED',
  PasswordResetRequiredException: 'PASSWORD_RESET_REQUIRED',
  CodeMismatchException: 'WRONG_CODE',
  ExpiredCodeException: 'WRONG_CODE',
  TooManyRequestsException: 'TOO_MANY_ATTEMPTS',
  TooManyFailedAttemptsException: 'TOO_MANY_ATTEMPTS',
  LimitExceededException: 'TOO_MANY_ATTEMPTS',
  UnsupportedTokenTypeException: 'INVALID_REFRESH',
};

/** Turns a refusal of Cognito into ours; `denied` is what "not authorized" means for this call. */
const refusing =
  (denied: FailureCode) =>
  (error: unknown): never => {
    const { name, message } = error instanceof Error ? error : { name: '', message: '' };
    throw meant(name, message, denied, error);
  };

function meant(name: string, message: string, denied: FailureCode, cause: unknown): Failure {
  const known = codes[name];
  if (known) return new Failure(known, {}, cause);
  if (name === 'InvalidPasswordException') return new Failure('WEAK_PASSWORD', { reason: weakness(message) }, cause);
  // our own pre-token trigger refuses people who are switched off
  if (name === 'UserLambdaValidationException' && message.includes('MEMBER_INACTIVE'))
    return new Failure('MEMBER_INACTIVE', {}, cause);
  if (name === 'NotAuthorizedException') return notAuthorized(message, denied, cause);
  if (name === 'InvalidParameterException') return new Failure('INVALID_REQUEST', { reason: message }, cause);
  return new Failure('SIGN_IN_UNAVAILABLE', {}, cause);
}

/** Cognito says several things with one name. */
function notAuthorized(message: string, denied: FailureCode, cause: unknown): Failure {
  if (message.includes('attempts exceeded')) return new Failure('TOO_MANY_ATTEMPTS', {}, cause);
  if (message.includes('disabled')) return new Failure('MEMBER_INACTIVE', {}, cause);
  if (message.includes('cannot be confirmed'))
    return new Failure(
      'CONFLICT',
      { reason: words('该邮箱已验证，请直接登录', 'the e-mail is confirmed already; sign in') },
      cause,
    );
  return new Failure(denied, {}, cause);
}

/** What a password lacks. Cognito says it in English, behind a common beginning. */
function weakness(message: string): Words {
  const said = message.replace(/^.*?: /, '').replace(/\.$/, '');
  const known = lacks.find(([pattern]) => pattern.test(said));
  return words(known?.[1] ?? said, said);
}

const lacks: readonly (readonly [RegExp, string])[] = [
  [/not long enough/i, '长度不够（至少 10 个字符）'],
  [/uppercase/i, '缺少大写字母'],
  [/lowercase/i, '缺少小写字母'],
  [/numeric/i, '缺少数字'],
  [/symbol/i, '缺少符号'],
];
