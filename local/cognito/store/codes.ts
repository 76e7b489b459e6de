// Six-digit codes sent by mail. Few tries a code, few codes an hour: a code cannot be guessed.
import { randomInt } from 'node:crypto';
import { CognitoFailure } from '../failure.ts';
import type { Database } from './database.ts';

export type Purpose = 'sign-up' | 'password' | 'email';

const HOUR = 3_600_000;
/** How long a code works (User Guide, "Quotas": 24 hours for a sign-up and for an attribute, 1 hour for a forgotten password). */
const life: Record<Purpose, number> = { 'sign-up': 24 * HOUR, password: HOUR, email: 24 * HOUR };
/** Cognito allows 5 to 20 a hour by its own judgement; the least is taken. */
const MOST_TRIES = 5;
const MOST_SENT_AN_HOUR = 5;

const tooMany = (): CognitoFailure =>
  new CognitoFailure('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

export type Codes = ReturnType<typeof codesOf>;

export const codesOf = (db: Database) => ({
  /** A new code in place of the old one. Throws LimitExceededException. */
  issue: (sub: string, purpose: Purpose, now: number): string =>
    db.atomically(() => {
      const row = db.one('SELECT sent FROM code WHERE sub = ? AND purpose = ?', sub, purpose);
      const sent = (row ? (JSON.parse(String(row.sent)) as number[]) : []).filter((at) => at > now - HOUR);
      if (sent.length >= MOST_SENT_AN_HOUR) throw tooMany();
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      db.run(
        'INSERT OR REPLACE INTO code VALUES (?, ?, ?, ?, 0, ?)',
        sub,
        purpose,
        code,
        now + life[purpose],
        JSON.stringify([...sent, now]),
      );
      return code;
    }),
  /** Uses up a code. Throws CodeMismatch-, ExpiredCode- or LimitExceededException; a wrong try is counted. */
  spend: (sub: string, purpose: Purpose, code: string, now: number): void => {
    const row = db.one('SELECT * FROM code WHERE sub = ? AND purpose = ?', sub, purpose);
    if (!row || Number(row.expires) <= now || row.code === '')
      throw new CognitoFailure('ExpiredCodeException', 'Invalid code provided, please request a code again.');
    if (Number(row.tries) >= MOST_TRIES) throw tooMany();
    if (row.code !== code) {
      db.run('UPDATE code SET tries = tries + 1 WHERE sub = ? AND purpose = ?', sub, purpose);
      throw new CognitoFailure('CodeMismatchException', 'Invalid verification code provided, please try again.');
    }
    // The row stays, so that the count of codes sent in this hour stays too.
    db.run("UPDATE code SET code = '' WHERE sub = ? AND purpose = ?", sub, purpose);
  },
});
