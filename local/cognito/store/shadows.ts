// Names nobody has, counted like those of people: whoever tries passwords and codes cannot tell which of the two he met.
import { type Codes, codesOf } from './codes.ts';
import { hashOf, openDatabase } from './database.ts';
import { type User, type Users, usersOf } from './users.ts';

/** Bounds the memory; the oldest are forgotten first. */
const MOST = 10_000;

export type Shadows = {
  readonly users: Users;
  readonly codes: Codes;
  /** The shadow of a name; made when it is first asked for. It has no password and no address. */
  of(name: string, now: number): User;
};

/** Kept in memory: what a lock-out or a code can last is short. */
export const openShadows = (): Shadows => {
  const db = openDatabase(':memory:');
  const users = usersOf(db);
  return {
    users,
    codes: codesOf(db),
    of: (name, now) => {
      const email = hashOf(name.toLowerCase()).toLowerCase();
      const known = users.named(email);
      if (known) return known;
      db.run('DELETE FROM user WHERE rowid <= (SELECT max(rowid) FROM user) - ?', MOST);
      const shadow = users.add({ email, password: undefined, status: 'UNCONFIRMED', attributes: {} }, now);
      if (!shadow) throw new Error('A shadow was made twice.');
      return shadow;
    },
  };
};
