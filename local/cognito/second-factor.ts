// The second step of a sign-in, for the API and the hosted page alike: the code of an authenticator app.
import { CognitoFailure, notAuthorized } from './failure.ts';
import { countFailure, lockedUntil } from './lock-out.ts';
import type { Pool } from './pool.ts';
import type { ClientSettings } from './settings.ts';
import type { User } from './store/users.ts';
import { stepOf } from './totp.ts';

/** How long the answer to a challenge may take, in milliseconds (Cognito's default is 3 minutes). */
export const CHALLENGE_LIFE = 3 * 60_000;

/** Whether a password alone does not let somebody in. */
export const needsSecondFactor = (pool: Pool, user: User): boolean =>
  pool.settings.mfa !== 'OFF' && pool.secondFactors.of(user.sub).enabled;

/** A session in which the person may give the code. */
export const challengeSecondFactor = (pool: Pool, client: ClientSettings, user: User): string =>
  pool.sessions.issueTicket('second-factor', {
    sub: user.sub,
    detail: { client: client.id },
    expires: pool.now() + CHALLENGE_LIFE,
  });

const over = (): CognitoFailure => notAuthorized('Invalid session for the user, session is expired.');

/** Wrong codes count towards the lock-out as wrong passwords do: who knows the password cannot try them all. */
const mustBeRight = (pool: Pool, user: User, code: string): void => {
  if (lockedUntil(user) > pool.now()) throw notAuthorized('Password attempts exceeded');
  const step = stepOf(pool.secondFactors.of(user.sub).secret ?? '', code, pool.now());
  if (step === undefined) {
    countFailure(pool.users, user, pool.now());
    throw new CognitoFailure('CodeMismatchException', 'Invalid code received for user');
  }
  if (!pool.secondFactors.use(user.sub, step))
    throw new CognitoFailure('ExpiredCodeException', 'Your software token has already been used once.');
};

/** The person of a session whose code is right; the session is used up. Throws NotAuthorized-, CodeMismatch- or ExpiredCodeException. */
export const proveSecondFactor = (pool: Pool, client: ClientSettings, session: string, code: string): User => {
  const ticket = pool.sessions.readTicket('second-factor', session, pool.now());
  const user = ticket && pool.users.get(ticket.sub);
  if (!user || ticket.detail.client !== client.id) throw over();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  mustBeRight(pool, user, code);
  if (!pool.sessions.spendTicket('second-factor', session, pool.now())) throw over();
  if (user.failures > 0) pool.users.setFailures(user.sub, 0, pool.now());
  return user;
};
