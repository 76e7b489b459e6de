// What Cognito is asked for people who sign in: password and challenge, refreshing, the end of a sign-in.
import {
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
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

/** `tenantId`: the one last worked in where it is left out. `account`: Cognito lets the access token change the account. */
export type Refreshing = { refresh: string; tenantId?: string | undefined; account?: boolean | undefined };

/** New tokens for a refresh token, and whose they are. Throws INVALID_REFRESH, REFRESH_REUSED, MEMBER_INACTIVE. */
export async function refreshed({ stores }: OpenCtx, { refresh, tenantId, account }: Refreshing): Promise<Refreshed> {
  const command = new GetTokensFromRefreshTokenCommand({
    ClientId: stores.pool.clientId,
    RefreshToken: refresh,
    // for the pre-token trigger, which checks the membership
    ClientMetadata: { ...(tenantId !== undefined && { tenant_id: tenantId }), ...(account && { account: 'true' }) },
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
