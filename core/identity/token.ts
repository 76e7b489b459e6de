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

export function claimsOf(access: string): Claims {
  const payload = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString('utf8');
  const { sub, origin_jti, auth_time, email } = JSON.parse(payload) as Record<string, unknown>;
  const known = typeof email === 'string' && { email };
  return { id: String(sub), session: String(origin_jti), authTime: Number(auth_time), ...known };
}
