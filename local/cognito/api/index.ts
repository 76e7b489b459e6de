// The calls of the user pool API there are. A name that is not here answers that it is not available locally.
import { CognitoFailure } from '../failure.ts';
import { clientOf, type Pool } from '../pool.ts';
import {
  adminDeleteUser,
  adminDisableUser,
  adminEnableUser,
  adminGetUser,
  adminSetUserMfaPreference,
  adminSetUserPassword,
  adminUserGlobalSignOut,
} from './admin.ts';
import { updateUserAttributes, verifyUserAttribute } from './attributes.ts';
import { initiateAuth, respondToAuthChallenge } from './authenticate.ts';
import { confirmForgotPassword, forgotPassword } from './forgot-password.ts';
import { type Input, text } from './input.ts';
import { associateSoftwareToken, setUserMfaPreference, verifySoftwareToken } from './mfa.ts';
import { changePassword, getTokensFromRefreshToken, getUser, globalSignOut, revokeToken } from './session.ts';
import { confirmSignUp, resendConfirmationCode, signUp } from './sign-up.ts';

export type ApiCall = {
  /** IAM calls are signed and judged on the pool's ARN; the others are public. */
  readonly iam: boolean;
  readonly run: (pool: Pool, input: Input) => Promise<object>;
};

const open = (run: ApiCall['run']): ApiCall => ({ iam: false, run });
const signed = (run: ApiCall['run']): ApiCall => ({ iam: true, run });

const forgotten: ApiCall['run'] = async (pool, input) => ({
  CodeDeliveryDetails: forgotPassword(pool, clientOf(pool, text(input, 'ClientId')), text(input, 'Username')),
});

const recovered: ApiCall['run'] = async (pool, input) => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const [name, code, password] = [text(input, 'Username'), text(input, 'ConfirmationCode'), text(input, 'Password')];
  await confirmForgotPassword(pool, client, { name, code, password });
  return {};
};

const calls: Readonly<Record<string, ApiCall>> = {
  SignUp: open(signUp),
  ConfirmSignUp: open(confirmSignUp),
  ResendConfirmationCode: open(resendConfirmationCode),
  InitiateAuth: open(initiateAuth),
  RespondToAuthChallenge: open(respondToAuthChallenge),
  GetTokensFromRefreshToken: open(getTokensFromRefreshToken),
  RevokeToken: open(revokeToken),
  GlobalSignOut: open(globalSignOut),
  GetUser: open(getUser),
  ForgotPassword: open(forgotten),
  ConfirmForgotPassword: open(recovered),
  ChangePassword: open(changePassword),
  UpdateUserAttributes: open(updateUserAttributes),
  VerifyUserAttribute: open(verifyUserAttribute),
  AssociateSoftwareToken: open(associateSoftwareToken),
  VerifySoftwareToken: open(verifySoftwareToken),
  SetUserMFAPreference: open(setUserMfaPreference),
  AdminGetUser: signed(adminGetUser),
  AdminDeleteUser: signed(adminDeleteUser),
  AdminUserGlobalSignOut: signed(adminUserGlobalSignOut),
  AdminDisableUser: signed(adminDisableUser),
  AdminEnableUser: signed(adminEnableUser),
  AdminSetUserMFAPreference: signed(adminSetUserMfaPreference),
  AdminSetUserPassword: signed(adminSetUserPassword),
};

/** The call of a name. Throws UnknownOperationException, naming the call and the ones there are. */
export const callNamed = (name: string): ApiCall => {
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (call) return call;
  throw new CognitoFailure(
    'UnknownOperationException',
    `${name || 'A call without X-Amz-Target'} is not available locally. There are: ${Object.keys(calls).sort().join(', ')}.`,
  );
};
