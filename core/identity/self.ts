// What Cognito is asked by a person who is signed in, about the own password, address and second factor: by the person's own access token,
// of the kind that is asked for with `account` (core/member/refresh.ts).
import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  GetUserCommand,
  SetUserMFAPreferenceCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { client } from './client.ts';
import { refusing } from './refusal.ts';
import { reachesAccount } from './token.ts';

/** The access token of the call. Throws INVALID_TOKEN for callers without one, such as keys; ACCOUNT_TOKEN_REQUIRED for one of another kind. */
function tokenOf({ accessToken }: Ctx): string {
  if (accessToken === undefined) throw new Failure('INVALID_TOKEN');
  if (!reachesAccount(accessToken)) throw new Failure('ACCOUNT_TOKEN_REQUIRED');
  return accessToken;
}

/** Throws as everything here will that goes by the token, before something is done that would be for nothing. */
export function mustReachAccount(ctx: Ctx): void {
  tokenOf(ctx);
}

/** Throws WRONG_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_ATTEMPTS. */
export async function changePassword(
  ctx: Ctx,
  { current, wanted }: { current: string; wanted: string },
): Promise<void> {
  const command = new ChangePasswordCommand({
    AccessToken: tokenOf(ctx),
    PreviousPassword: current,
    ProposedPassword: wanted,
  });
  await client().send(command).catch(refusing('WRONG_CREDENTIALS'));
}

/** Sends a code to the new address. Throws EMAIL_TAKEN, TOO_MANY_ATTEMPTS. */
export async function wantEmail(ctx: Ctx, email: string): Promise<void> {
  const command = new UpdateUserAttributesCommand({
    AccessToken: tokenOf(ctx),
    UserAttributes: [{ Name: 'email', Value: email }],
  });
  await client().send(command).catch(refusing('INVALID_TOKEN'));
}

/** Makes the new address count, by the code sent to it; answers it. Throws WRONG_CODE, EMAIL_TAKEN, TOO_MANY_ATTEMPTS. */
export async function proveEmail(ctx: Ctx, code: string): Promise<string> {
  const AccessToken = tokenOf(ctx);
  const verify = new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code: code });
  await client().send(verify).catch(refusing('INVALID_TOKEN'));
  const { UserAttributes = [] } = await client()
    .send(new GetUserCommand({ AccessToken }))
    .catch(refusing('INVALID_TOKEN'));
  return UserAttributes.find(({ Name }) => Name === 'email')?.Value?.toLowerCase() ?? '';
}

/** A secret for an authenticator app, in base 32; the app that counts stays until this one is confirmed. */
export async function offerSecret(ctx: Ctx): Promise<string> {
  const command = new AssociateSoftwareTokenCommand({ AccessToken: tokenOf(ctx) });
  const { SecretCode } = await client().send(command).catch(refusing('INVALID_TOKEN'));
  return SecretCode ?? '';
}

/** Makes the app that was given the secret count, from the next sign-in on. Throws WRONG_CODE. */
export async function acceptApp(ctx: Ctx, { code, name }: { code: string; name: string }): Promise<void> {
  const AccessToken = tokenOf(ctx);
  const verify = new VerifySoftwareTokenCommand({ AccessToken, UserCode: code, FriendlyDeviceName: name });
  await client().send(verify).catch(refusing('INVALID_TOKEN'));
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await client()
    .send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }))
    .catch(refusing('INVALID_TOKEN'));
}

/** Whether a sign-in of the acting person asks for the code of an app. */
export async function hasApp({ stores, actor }: Ctx): Promise<boolean> {
  const { UserMFASettingList = [] } = await client()
    .send(new AdminGetUserCommand({ UserPoolId: stores.pool.id, Username: actor.id }))
    .catch(refusing('INVALID_TOKEN'));
  return UserMFASettingList.includes('SOFTWARE_TOKEN_MFA');
}

/** Switches off the second factor of a user: the password alone lets in again. */
export async function dropApp({ stores }: Ctx, user: string): Promise<void> {
  const command = new AdminSetUserMFAPreferenceCommand({
    UserPoolId: stores.pool.id,
    Username: user,
    SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
  });
  await client().send(command).catch(refusing('NOT_FOUND'));
}
