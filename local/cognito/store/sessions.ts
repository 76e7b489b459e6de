// What a signed-in person holds: refresh tokens, and short-lived tickets (authorization codes, browser sessions, challenges).
import { type Database, hashOf, newSecret, type Row } from './database.ts';

export type Session = {
  /** `origin_jti` of all tokens that come from this sign-in. */
  readonly origin: string;
  readonly sub: string;
  readonly client: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** epoch seconds */
  readonly authTime: number;
  /** epoch ms */
  readonly expires: number;
  readonly revoked: boolean;
};

const session = (row: Row): Session => ({
  origin: String(row.origin),
  sub: String(row.sub),
  client: String(row.client),
  scope: String(row.scope),
  authTime: Number(row.auth_time),
  expires: Number(row.expires),
  revoked: row.revoked === 1,
});

export type TicketPurpose = 'authorization-code' | 'browser' | 'new-password' | 'second-factor';
export type Ticket = {
  readonly sub: string;
  readonly detail: Readonly<Record<string, string>>;
  readonly expires: number;
};

const ticket = (row: Row): Ticket => ({
  sub: String(row.sub),
  detail: JSON.parse(String(row.detail)) as Record<string, string>,
  expires: Number(row.expires),
});

/** How long a used code is remembered, in milliseconds. */
const DAY = 86_400_000;

export type Sessions = ReturnType<typeof sessionsOf>;

export const sessionsOf = (db: Database) => ({
  /** Begins a session; the refresh token is told once and kept as a hash. Revoked at once when its code was replayed. */
  begin: (next: Omit<Session, 'revoked'>): string => {
    const { secret, hash } = newSecret();
    db.run(
      `INSERT INTO refresh (hash, origin, sub, client, scope, auth_time, expires, revoked)
       VALUES (?, ?, ?, ?, ?, ?, ?, EXISTS (SELECT 1 FROM spent_code WHERE origin = ? AND replayed = 1))`,
      hash,
      next.origin,
      next.sub,
      next.client,
      next.scope,
      next.authTime,
      next.expires,
      next.origin,
    );
    return secret;
  },
  byRefreshToken: (token: string): Session | undefined => {
    const hash = hashOf(token);
    const row =
      db.one('SELECT * FROM refresh WHERE hash = ?', hash) ??
      db.one('SELECT refresh.* FROM refresh JOIN renewal USING (origin) WHERE renewal.hash = ?', hash);
    return row && session(row);
  },
  /** When a rotated refresh token stops counting (epoch ms); undefined for one that was not rotated. */
  rotatedUntil: (token: string): number | undefined => {
    const ends = db.one('SELECT ends FROM renewal WHERE hash = ?', hashOf(token))?.ends;
    return typeof ends === 'number' ? ends : undefined;
  },
  /** A new refresh token of the session; the one given counts until `ends`, unless it was to end sooner. */
  rotate: (token: string, origin: string, ends: number): string =>
    db.atomically(() => {
      const { secret, hash } = newSecret();
      db.run(
        `INSERT INTO renewal (hash, origin, ends) VALUES (?, ?, ?)
         ON CONFLICT (hash) DO UPDATE SET ends = min(coalesce(ends, excluded.ends), excluded.ends)`,
        hashOf(token),
        origin,
        ends,
      );
      db.run('INSERT INTO renewal (hash, origin, ends) VALUES (?, ?, NULL)', hash, origin);
      return secret;
    }),
  byOrigin: (origin: string): Session | undefined => {
    const row = db.one('SELECT * FROM refresh WHERE origin = ?', origin);
    return row && session(row);
  },
  revoke: (origin: string): void => {
    db.run('UPDATE refresh SET revoked = 1 WHERE origin = ?', origin);
  },
  /**
   * Ends every session of a person, and the codes and challenges that could still become one. The browser session of the
   * hosted login stays, as on AWS: only /logout ends it (API Reference, GlobalSignOut).
   */
  revokeAll: (sub: string): void =>
    db.atomically(() => {
      db.run('UPDATE refresh SET revoked = 1 WHERE sub = ?', sub);
      db.run("DELETE FROM ticket WHERE sub = ? AND purpose <> 'browser'", sub);
    }),
  /** Ends what a new password must end: every ticket of a person, browser sessions among them. */
  dropTickets: (sub: string): void => {
    db.run('DELETE FROM ticket WHERE sub = ?', sub);
  },
  issueTicket: (purpose: TicketPurpose, next: Ticket): string => {
    const { secret, hash } = newSecret();
    db.run(
      'INSERT INTO ticket VALUES (?, ?, ?, ?, ?)',
      hash,
      purpose,
      next.sub,
      JSON.stringify(next.detail),
      next.expires,
    );
    return secret;
  },
  /** A ticket that still counts; it stays. */
  readTicket: (purpose: TicketPurpose, secret: string, now: number): Ticket | undefined => {
    const row = db.one(
      'SELECT * FROM ticket WHERE hash = ? AND purpose = ? AND expires > ?',
      hashOf(secret),
      purpose,
      now,
    );
    return row && ticket(row);
  },
  /** A ticket that still counts; it is gone afterwards, even when it no longer counted. */
  spendTicket: (purpose: TicketPurpose, secret: string, now: number): Ticket | undefined => {
    const row = db.one('DELETE FROM ticket WHERE hash = ? AND purpose = ? RETURNING *', hashOf(secret), purpose);
    const found = row && ticket(row);
    return found && found.expires > now ? found : undefined;
  },
  /**
   * Uses up an authorization code. One that comes a second time revokes what the first time gave, even what is still
   * being made (RFC 6749 §4.1.2).
   */
  spendCode: (code: string, now: number): Ticket | undefined =>
    db.atomically(() => {
      const hash = hashOf(code);
      const row = db.one("DELETE FROM ticket WHERE hash = ? AND purpose = 'authorization-code' RETURNING *", hash);
      if (!row) {
        db.run('UPDATE refresh SET revoked = 1 WHERE origin = (SELECT origin FROM spent_code WHERE hash = ?)', hash);
        db.run('UPDATE spent_code SET replayed = 1 WHERE hash = ?', hash);
        return undefined;
      }
      const found = ticket(row);
      db.run('INSERT INTO spent_code VALUES (?, ?, 0, ?)', hash, found.detail.origin ?? '', now + DAY);
      return found.expires > now ? found : undefined;
    }),
  dropTicket: (secret: string): void => {
    db.run('DELETE FROM ticket WHERE hash = ?', hashOf(secret));
  },
  /** Forgets what has expired. */
  sweep: (now: number): void =>
    db.atomically(() => {
      db.run('DELETE FROM ticket WHERE expires <= ?', now);
      db.run('DELETE FROM refresh WHERE expires <= ?', now);
      db.run('DELETE FROM spent_code WHERE expires <= ?', now);
    }),
});
