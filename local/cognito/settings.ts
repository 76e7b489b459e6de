// What a user pool and its app clients are, as the template says it.

/** Password policy in the words of AWS::Cognito::UserPool Policies.PasswordPolicy; what is left out is Cognito's default. */
export type PasswordPolicy = {
  readonly MinimumLength?: number;
  readonly RequireLowercase?: boolean;
  readonly RequireUppercase?: boolean;
  readonly RequireNumbers?: boolean;
  readonly RequireSymbols?: boolean;
  readonly TemporaryPasswordValidityDays?: number;
};

/** A pool whose users sign in with their e-mail address (UsernameAttributes: email, not case-sensitive). */
export type PoolSettings = {
  readonly id: string;
  readonly passwordPolicy: PasswordPolicy;
  /** Attributes verified by a code at sign-up: AutoVerifiedAttributes, `['email']` or `[]`. */
  readonly autoVerify: readonly string[];
  /** Names of the functions behind the triggers. */
  readonly triggers: { readonly preTokenGeneration?: string; readonly preSignUp?: string };
  readonly preTokenVersion: 'V1_0' | 'V2_0';
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  /** Whether an address counts only once the code that was sent to it has come back (AttributesRequireVerificationBeforeUpdate). */
  readonly keepsEmailUntilProven?: boolean;
  /** The mail that carries a code: EmailVerificationSubject and EmailVerificationMessage, with `{####}` for the code. */
  readonly verification?: { readonly subject?: string | undefined; readonly message?: string | undefined };
};

/** An app client without a secret. */
export type ClientSettings = {
  readonly id: string;
  readonly name: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** OAuth scopes the hosted login may grant. */
  readonly scopes: readonly string[];
  readonly accessTokenMinutes: number;
  readonly idTokenMinutes: number;
  readonly refreshTokenDays: number;
  /** ExplicitAuthFlows, e.g. ALLOW_USER_PASSWORD_AUTH. */
  readonly flows: readonly string[];
  /** RefreshTokenRotation: every refresh gives a new refresh token, and the old one counts for so many seconds more. Absent: no rotation. */
  readonly rotation?: { readonly graceSeconds: number } | undefined;
  /** PreventUserExistenceErrors: ENABLED (the default here) or LEGACY (false). */
  readonly preventUserExistenceErrors?: boolean;
};

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };
