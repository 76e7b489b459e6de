// AssociateSoftwareToken, VerifySoftwareToken, SetUserMFAPreference: how somebody gets an authenticator app as second factor.
import { CognitoFailure, invalid } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { API_SCOPE, holderOf } from '../tokens.ts';
import { newTotpSecret, stepOf } from '../totp.ts';
import { type Input, text } from './input.ts';

const mustHaveMfa = (pool: Pool): void => {
  if (pool.settings.mfa === 'OFF')
    throw new CognitoFailure(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the userPool',
    );
};

/** A secret for an app; the one that counts stays until this one is verified. */
export const associateSoftwareToken = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  mustHaveMfa(pool);
  const secret = newTotpSecret();
  pool.secondFactors.offer(user.sub, secret);
  return { SecretCode: secret };
};

export const verifySoftwareToken = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  mustHaveMfa(pool);
  const { pending } = pool.secondFactors.of(user.sub);
  if (pending === undefined) throw invalid('Software token has not been associated.');
  const step = stepOf(pending, text(input, 'UserCode'), pool.now());
  if (step === undefined)
    throw new CognitoFailure('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
  const { FriendlyDeviceName: name } = input;
  pool.secondFactors.accept(user.sub, typeof name === 'string' ? name : '', step);
  return { Status: 'SUCCESS' };
};

/** What a SoftwareTokenMfaSettings asks for, applied to a person. Throws InvalidParameterException where no app was verified. */
export const preferSecondFactor = (pool: Pool, sub: string, input: Input): void => {
  const wanted = (input.SoftwareTokenMfaSettings ?? {}) as { Enabled?: unknown; PreferredMfa?: unknown };
  if (wanted.Enabled === true && pool.secondFactors.of(sub).secret === undefined)
    throw invalid('User has not verified software token mfa');
  pool.secondFactors.prefer(sub, wanted.Enabled === true, wanted.PreferredMfa === true);
};

export const setUserMfaPreference = async (pool: Pool, input: Input): Promise<object> => {
  const { user } = await holderOf(pool, text(input, 'AccessToken'), API_SCOPE);
  preferSecondFactor(pool, user.sub, input);
  return {};
};
