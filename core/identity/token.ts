// What stands in a token that Cognito itself has just handed over; tokens from elsewhere are verified by the authorizer.

export type Claims = {
  /** Subject of the user. */
  readonly id: string;
  /** The sign-in the token is of: `origin_jti`. */
  readonly session: string;
  /** Epoch seconds at which the person signed in. */
  readonly authTime: number;
  /** As Cognito knows it; absent where no trigger wrote it. */
  readonly email?: string;
};

/** Scope of tokens that Cognito lets change the account they are of; the trigger leaves it to those that were asked for with `account`. */
export const accountScope = 'aws.cognito.signin.user.admin';

/** Whether Cognito lets an access token change the account. */
export function reachesAccount(access: string): boolean {
  const { scope } = payloadOf(access);
  return typeof scope === 'string' && scope.split(' ').includes(accountScope);
}

export function claimsOf(access: string): Claims {
  const { sub, origin_jti, auth_time, email } = payloadOf(access);
  const known = typeof email === 'string' && { email };
  return { id: String(sub), session: String(origin_jti), authTime: Number(auth_time), ...known };
}

const payloadOf = (access: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString('utf8'));
