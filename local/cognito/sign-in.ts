// Proves a name and a password, for the API and the hosted page alike, with Cognito's lock-out.
import { CognitoFailure, notAuthorized, wrongPassword } from './failure.ts';
import { countFailure, lockedUntil } from './lock-out.ts';
import { isPassword } from './password.ts';
import { hides, type Pool } from './pool.ts';
import { needsSecondFactor } from './second-factor.ts';
import type { ClientSettings } from './settings.ts';
import type { User } from './store/users.ts';

/** Tries on one name run one after the other, so that many at once cannot slip past the count. */
const turns = new Map<string, Promise<unknown>>();

const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
  const settled = turn.then(
    () => undefined,
    () => undefined,
  );
  turns.set(name, settled);
  void settled.then(() => turns.get(name) === settled && turns.delete(name));
  return turn;
};

/** The same lock-out and the same work for a name nobody has: neither answer nor time tells who exists. */
const compare = async (pool: Pool, name: string, user: User | undefined, password: string): Promise<User> => {
  const [counted, users] = user ? [user, pool.users] : [pool.shadows.of(name, pool.now()), pool.shadows.users];
  if (lockedUntil(counted) > pool.now()) throw notAuthorized('Password attempts exceeded');
  const right = await isPassword(password, counted.password);
  if (user && right) return user;
  countFailure(users, counted, pool.now());
  throw wrongPassword();
};

const prove = async (pool: Pool, client: ClientSettings, name: string, password: string): Promise<User> => {
  const found = pool.users.named(name);
  if (!found && !hides(client)) throw new CognitoFailure('UserNotFoundException', 'User does not exist.');
  const user = await compare(pool, name, found, password);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED') throw new CognitoFailure('UserNotConfirmedException', 'User is not confirmed.');
  if (user.passwordExpires !== undefined && user.passwordExpires <= pool.now())
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  if (user.failures > 0 && !needsSecondFactor(pool, user)) pool.users.setFailures(user.sub, 0, pool.now());
  return user;
};

/** The user of a name and password. Throws NotAuthorized-, UserNotFound- or UserNotConfirmedException. */
export const provePassword = (pool: Pool, client: ClientSettings, name: string, password: string): Promise<User> =>
  inTurn(`${pool.settings.id}/${name.toLowerCase()}`, () => prove(pool, client, name, password));
