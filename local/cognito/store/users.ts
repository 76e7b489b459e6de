// The people of a pool.
import { randomUUID } from 'node:crypto';
import type { Database, Row } from './database.ts';

type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';

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
      next: Pick<User, 'email' | 'password' | 'status' | 'attributes'> & { sub?: string },
      now: number,
    ): User | undefined => {
      const sub = next.sub ?? randomUUID();
      const added = db.run(
        `INSERT OR IGNORE INTO user (sub, email, password, status, enabled, attributes, created, modified)
         VALUES (?, ?, ?, ?, 1, ?, ?, ?)`,
        sub,
        next.email.toLowerCase(),
        next.password ?? null,
        next.status,
        JSON.stringify(next.attributes),
        now,
        now,
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
    /** Sets attributes beside the address. */
    setAttributes: (sub: string, attributes: Readonly<Record<string, string>>, now: number): void => {
      const { email: _, email_verified: __, ...others } = attributes;
      db.run(
        'UPDATE user SET attributes = json_patch(attributes, ?), modified = ? WHERE sub = ?',
        JSON.stringify(others),
        now,
        sub,
      );
    },
    /** An address that waits to be proven; undefined when none does. */
    wantedEmail: (sub: string): string | undefined => {
      const email = db.one('SELECT email FROM wanted_email WHERE sub = ?', sub)?.email;
      return email === undefined ? undefined : String(email);
    },
    wantEmail: (sub: string, email: string): void => {
      db.run('INSERT OR REPLACE INTO wanted_email (sub, email) VALUES (?, ?)', sub, email);
    },
    /** Gives a person another address; false when somebody has it. */
    setEmail: (sub: string, email: string, verified: boolean, now: number): boolean => {
      db.run('DELETE FROM wanted_email WHERE sub = ?', sub);
      const changed = JSON.stringify({ email, email_verified: String(verified) });
      return (
        db.run(
          'UPDATE OR IGNORE user SET email = ?, attributes = json_patch(attributes, ?), modified = ? WHERE sub = ?',
          email.toLowerCase(),
          changed,
          now,
          sub,
        ) === 1
      );
    },
    /** Groups somebody is in, by name. */
    groupsOf: (sub: string): string[] =>
      db.all('SELECT name FROM in_group WHERE sub = ? ORDER BY name', sub).map(({ name }) => String(name)),
    join: (sub: string, group: string): void => {
      db.run('INSERT OR IGNORE INTO in_group (sub, name) VALUES (?, ?)', sub, group);
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
  };
};
