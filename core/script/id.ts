// Ids that stay the same across uploads as long as the words stay the same.

// Two base-32 digits per entry, so that an id is five look-ups: this runs once for every line of every script.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS = Array.from({ length: 1024 }, (_, n) => `${DIGITS[n >> 5]}${DIGITS[n & 31]}`);

// 2654435761 and 1597334677 as 32-bit integers
const A = -1640531535;
const B = 1597334677;

const mixed = { a: 0, b: 0 };

/** 50 bits of some texts, a line break between them, as an exact number. The mixing is cyrb53's (public domain, bryc): two 32-bit lanes of multiply and xor. */
function bits(texts: readonly string[]): number {
  let a = -559038737;
  let b = 0x41c6ce57;
  for (let k = 0; k < texts.length; k++) {
    const text = texts[k]!;
    if (k > 0) {
      a = Math.imul(a ^ 10, A);
      b = Math.imul(b ^ 10, B);
    }
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, A);
      b = Math.imul(b ^ code, B);
    }
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  mixed.a = a;
  mixed.b = b;
  return (a & 0x3fffffff) + ((b >>> 2) & 0xfffff) * 0x40000000;
}

/** Ten base-32 digits of the last bits. */
function digits(): string {
  const { a, b } = mixed;
  const pair = (n: number) => PAIRS[n & 1023];
  return `${pair(a)}${pair(a >>> 10)}${pair(a >>> 20)}${pair(b >>> 2)}${pair(b >>> 12)}`;
}

/** How often each number was seen. A table of its own, as a Map of a million doubles is most of the cost of an id. */
class Counts {
  #keys = new Float64Array(1024).fill(-1);
  #times = new Int32Array(1024);
  #size = 0;

  /** Counts the number once more; returns how often it has come. */
  count(key: number): number {
    if (this.#size * 2 > this.#keys.length) this.#grow();
    const at = slot(this.#keys, key);
    if (this.#keys[at] !== key) this.#size++;
    this.#keys[at] = key;
    return ++this.#times[at]!;
  }

  #grow(): void {
    const [keys, times] = [this.#keys, this.#times];
    this.#keys = new Float64Array(keys.length * 2).fill(-1);
    this.#times = new Int32Array(keys.length * 2);
    keys.forEach((key, index) => {
      if (key < 0) return;
      const at = slot(this.#keys, key);
      this.#keys[at] = key;
      this.#times[at] = times[index]!;
    });
  }
}

/** Where a number stands in a table whose length is a power of two, or the free place for it. */
function slot(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  let at = key & mask;
  while (keys[at] !== key && keys[at] !== -1) at = (at + 1) & mask;
  return at;
}

/** Hands out ids: the digest of the words, and `-2`, `-3` … for the same words again. Equal digests of different words also get a number, so ids are unique. */
export class Ids {
  readonly #seen = new Counts();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(...words: readonly string[]): string {
    const key = bits(words);
    const times = this.#seen.count(key);
    const id = this.#prefix + digits();
    return times === 1 ? id : `${id}-${times}`;
  }
}
