// Ids that stay the same across uploads as long as the words stay the same.

// Two base-32 digits per entry, so that an id is five look-ups: this runs once for every line of every script.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS = Array.from({ length: 1024 }, (_, n) => `${DIGITS[n >> 5]}${DIGITS[n & 31]}`);

/** Ten base-32 digits (50 bits) of a text. The mixing is cyrb53's (public domain, bryc): two 32-bit lanes of multiply and xor. */
export function digest(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  const pair = (n: number) => PAIRS[n & 1023];
  return `${pair(a)}${pair(a >>> 10)}${pair((a >>> 20) | (b << 12))}${pair(b >>> 2)}${pair(b >>> 12)}`;
}

/** Hands out ids: the digest of the words, and `-2`, `-3` … for the same words again. Equal digests of different words also get a number, so ids are unique. */
export class Ids {
  readonly #seen = new Map<string, number>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(words: string): string {
    const id = this.#prefix + digest(words);
    const times = (this.#seen.get(id) ?? 0) + 1;
    this.#seen.set(id, times);
    return times === 1 ? id : `${id}-${times}`;
  }
}
