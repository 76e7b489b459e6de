// The people of a pool.
import { randomUUID } from 'node:crypto';
import type { Database, Row } from './database.ts';

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

export type User = {
  /** Also the Username of a pool whose people sign in with their address. */
  readonly sub: string;
  /** lower case */
  readonly email: string;
  /** scrypt; absent when the user has none yet */
  readonly password: string | undefined;
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** Without sub; email and email_verified among them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** epoch ms */
  readonly created: number;
  readonly modified: number;
  /** Wrong passwords in a row, and when the last came (epoch ms). */
  readonly failures: number;
  readonly lastFailure: number;
  /** When a temporary password stops working (epoch ms). */
  readonly passwordExpires: number | undefined;
};

const user = (row: Row): User => ({
  sub: String(row.sub),
  email: String(row.email),
  password: row.password === null ? undefined : String(row.password),
  status: String(row.status) as UserStatus,
  enabled: row.enabled === 1,
  attributes: JSON.parse(String(row.attributes)) as Record<string, string>,
  created: Number(row.created),
  modified: Number(row.modified),
  failures: Number(row.failures),
  lastFailure: Number(row.last_failure),
  passwordExpires: row.password_expires === null ? undefined : Number(row.password_expires),
});

export type Users = ReturnType<typeof usersOf>;

export const usersOf = (db: Database) => {
  const get = (sub: string): User | undefined => {
    const row = db.one('SELECT * FROM user WHERE sub = ?', sub);
    return row && user(row);
  };
  return {
    get,
    /** By address (any case) or by sub. */
    named: (name: string): User | undefined => {
      const row = db.one('SELECT * FROM user WHERE email = ? OR sub = ?', name.toLowerCase(), name);
      return row && user(row);
    },
    /** A new user, or undefined when the address is taken. */
    add: (
      next: Pick<User, 'email' | 'password' | 'status' | 'attributes'> & { sub?: string; passwordExpires?: number },
      now: number,
    ): User | undefined => {
      const sub = next.sub ?? randomUUID();
      const added = db.run(
        `INSERT OR IGNORE INTO user (sub, email, password, status, enabled, attributes, created, modified, password_expires)
         VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`,
        sub,
        next.email.toLowerCase(),
        next.password ?? null,
        next.status,
        JSON.stringify(next.attributes),
        now,
        now,
        next.passwordExpires ?? null,
      );
      return added === 1 ? get(sub) : undefined;
    },
    confirm: (sub: string, verified: boolean, now: number): void => {
      const verify = verified ? `json_set(attributes, '$.email_verified', 'true')` : 'attributes';
      db.run(`UPDATE user SET status = 'CONFIRMED', attributes = ${verify}, modified = ? WHERE sub = ?`, now, sub);
    },
    /** A new password also ends the lock-out. `expires` makes it temporary. */
    setPassword: (sub: string, password: string, now: number, expires?: number): void => {
      db.run(
        `UPDATE user SET password = ?, status = ?, modified = ?, password_expires = ?, failures = 0 WHERE sub = ?`,
        password,
        expires === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
        now,
        expires ?? null,
        sub,
      );
    },
    setFailures: (sub: string, failures: number, now: number): void => {
      db.run('UPDATE user SET failures = ?, last_failure = ? WHERE sub = ?', failures, now, sub);
    },
    setEnabled: (sub: string, enabled: boolean, now: number): void => {
      db.run('UPDATE user SET enabled = ?, modified = ? WHERE sub = ?', enabled ? 1 : 0, now, sub);
    },
    remove: (sub: string): void => {
      db.run('DELETE FROM user WHERE sub = ?', sub);
    },
    /** In order of creation, after the one named. `where` compares a text attribute with = or by its beginning. */
    list: (
      where: { attribute: string; value: string; begins: boolean } | undefined,
      after: string,
      limit: number,
    ): User[] =>
      db
        .all('SELECT * FROM user WHERE sub > ? ORDER BY sub', after)
        .map(user)
        .filter((one) => !where || matches(attributeOf(one, where.attribute), where))
        .slice(0, limit),
  };
};

const attributeOf = (one: User, attribute: string): string | undefined => {
  if (attribute === 'sub' || attribute === 'username') return one.sub;
  if (attribute === 'cognito:user_status') return one.status;
  if (attribute === 'status') return one.enabled ? 'Enabled' : 'Disabled';
  return one.attributes[attribute];
};

const matches = (value: string | undefined, where: { attribute: string; value: string; begins: boolean }): boolean => {
  if (value === undefined) return false;
  const [has, wants] =
    where.attribute === 'email' ? [value.toLowerCase(), where.value.toLowerCase()] : [value, where.value];
  return where.begins ? has.startsWith(wants) : has === wants;
};
