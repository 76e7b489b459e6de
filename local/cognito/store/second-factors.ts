// Authenticator apps of people: the one that counts, and the one being set up.
import type { Database } from './database.ts';

export type SecondFactor = {
  /** Base 32; absent until an app was verified. */
  readonly secret: string | undefined;
  /** FriendlyDeviceName */
  readonly name: string;
  readonly enabled: boolean;
  readonly preferred: boolean;
  /** Given out, and not verified yet. */
  readonly pending: string | undefined;
  /** Time step of the last code that was taken: none is taken twice. */
  readonly lastStep: number;
};

const none: SecondFactor = {
  secret: undefined,
  name: '',
  enabled: false,
  preferred: false,
  pending: undefined,
  lastStep: 0,
};

export type SecondFactors = ReturnType<typeof secondFactorsOf>;

export const secondFactorsOf = (db: Database) => {
  const of = (sub: string): SecondFactor => {
    const row = db.one('SELECT * FROM second_factor WHERE sub = ?', sub);
    if (!row) return none;
    return {
      secret: row.secret === null ? undefined : String(row.secret),
      name: String(row.name),
      enabled: row.enabled === 1,
      preferred: row.preferred === 1,
      pending: row.pending === null ? undefined : String(row.pending),
      lastStep: Number(row.last_step),
    };
  };
  const put = (sub: string, next: SecondFactor): void => {
    db.run(
      'INSERT OR REPLACE INTO second_factor (sub, secret, name, enabled, preferred, pending, last_step) VALUES (?, ?, ?, ?, ?, ?, ?)',
      sub,
      next.secret ?? null,
      next.name,
      next.enabled ? 1 : 0,
      next.preferred ? 1 : 0,
      next.pending ?? null,
      next.lastStep,
    );
  };
  const change = (sub: string, part: Partial<SecondFactor>): void => put(sub, { ...of(sub), ...part });
  return {
    of,
    offer: (sub: string, pending: string): void => change(sub, { pending }),
    /** The app being set up becomes the one that counts. */
    accept: (sub: string, name: string, lastStep: number): void =>
      change(sub, { secret: of(sub).pending, pending: undefined, name, lastStep }),
    prefer: (sub: string, enabled: boolean, preferred: boolean): void =>
      change(sub, { enabled, preferred: enabled && preferred }),
    /** Whether the code of this step was the first of it. */
    use: (sub: string, step: number): boolean =>
      db.run('UPDATE second_factor SET last_step = ? WHERE sub = ? AND last_step < ?', step, sub, step) === 1,
  };
};
