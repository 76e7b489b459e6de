// The text of an API key: made once, shown once, kept as a hash.
import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'slk_';
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 43 of 62 letters hold 256 bits. */
const length = 43;
/** As many letters as 32 bits need. */
const checkLength = 6;

/** `slk_`, 43 letters of chance, and six that check them: a key that was mistyped or made up is known without a look at the table. */
export function newSecret(): string {
  const chance = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return `${prefix}${chance}${checkOf(chance)}`;
}

function checkOf(text: string): string {
  let left = crc32(text);
  return Array.from({ length: checkLength }, () => {
    const letter = letters[left % letters.length];
    left = Math.floor(left / letters.length);
    return letter;
  }).join('');
}

/** Whether a text says that it is a key of ours. */
export const saysKey = (text: string): boolean => text.startsWith(prefix);

/** Whether a text can be a key at all. */
export function isWellFormed(text: string): boolean {
  const [, chance = '', check] = /^slk_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text) ?? [];
  return check !== undefined && checkOf(chance) === check;
}

/** What is kept of a key: hex SHA-256. It needs no salt, for 256 bits of chance cannot be guessed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The first letters, by which people know a key again. */
export const startOf = (secret: string): string => secret.slice(0, 12);
