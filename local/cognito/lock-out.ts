// Cognito's lock-out: how long somebody who failed waits before the next try counts.
import type { User, Users } from './store/users.ts';

const QUARTER_HOUR = 15 * 60_000;

/**
 * Until when a user is locked out (epoch ms; 0 = not). After five failures n the lock lasts 2^(n-5) seconds, at most
 * 15 minutes, and is forgotten after 15 quiet minutes (Cognito Developer Guide, "Lockout behavior for failed sign-in attempts").
 */
export const lockedUntil = (user: Pick<User, 'failures' | 'lastFailure'>): number =>
  user.failures < 5 ? 0 : user.lastFailure + Math.min(2 ** (user.failures - 5) * 1000, QUARTER_HOUR);

/** A wrong password or code; 15 quiet minutes make it the first. */
export const countFailure = (users: Users, user: User, now: number): void => {
  const forgotten = now - user.lastFailure > QUARTER_HOUR;
  users.setFailures(user.sub, forgotten ? 1 : user.failures + 1, now);
};
