// Ids: a short prefix that says what it is, and a lower-case ULID. Tenant ids are a bare lower-case ULID: no delimiter can occur in them.
import { createHash, randomFillSync } from 'node:crypto';
import { encodeTime, monotonicFactory } from 'ulid';

export type IdPrefix =
  | 'prj'
  | 'fil'
  | 'scr'
  | 'tsk'
  | 'ast'
  | 'snp'
  | 'sbd'
  | 'sht'
  | 'dec'
  | 'evt'
  | 'aud'
  | 'tkt'
  | 'chg'
  | 'use'
  | 'key'
  | 'apk'
  | 'inv'
  | 'cmt'
  | 'exp'
  | 'cls';

const pool = new Uint8Array(1024);
let drawn = pool.length;
/** From 0 up to 1, by 256ths. Bytes of chance are fetched many at a time: an id takes sixteen, and a call for each is slow. */
const chance = (): number => {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  return (pool[drawn++] ?? 0) / 256;
};

let made: ReturnType<typeof monotonicFactory> | undefined;
// on first use: importing stays free of work
const next = (now: number): string => {
  made ??= monotonicFactory(chance);
  return made(now);
};

/** `prj_01j…`; sorts by time of creation. `now` in epoch milliseconds. */
export const newId = (prefix: IdPrefix, now: number): string => `${prefix}_${next(now).toLowerCase()}`;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id made of what it stands for: work that is done over gives its rows the ids they had, and the second row is refused.
 * Sorts by `at` (epoch ms); the rest is 80 bits of a hash over the parts.
 */
export function derivedId(prefix: IdPrefix, at: number, ...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  const tail = Array.from(hash.subarray(0, 16), (byte) => crockford[byte & 31]).join('');
  return `${prefix}_${encodeTime(at).toLowerCase()}${tail}`;
}

/** A tenant id: 26 characters, 0-9 and a-z. */
export const newTenantId = (now: number): string => next(now).toLowerCase();

/** Tenant id of the platform: its own audit lies under it. No tenant can have it, for it names the year 1970. */
export const platformTenant = '0'.repeat(26);

/** Whether a text can be a tenant id at all (Crockford base 32, lower case). */
export const isTenantId = (text: string): boolean => /^[0-9a-hjkmnp-tv-z]{26}$/.test(text);
