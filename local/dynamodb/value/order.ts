// Order and equality of values: strings by UTF-8 bytes, numbers by size, binaries by bytes.
import { compareNumbers, orderedNumber } from './number.ts';
import { contentOf, type Item, typeOf, type Value } from './value.ts';

/** A UTF-16 unit moved so that surrogates sort after U+E000…U+FFFF, as they do in UTF-8. */
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** Order of two strings by their UTF-8 bytes. */
export const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
};

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** Order of two values of one scalar type; undefined when they cannot be ordered. */
export const compareValues = (a: Value, b: Value): number | undefined => {
  if ('S' in a && 'S' in b) return compareTexts(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return Buffer.compare(bytes(a.B), bytes(b.B));
  return undefined;
};

/** Deep equality; sets and maps have no order. Numbers are in their one spelling, so text decides. */
export const sameValue = (a: Value, b: Value): boolean => {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if ('M' in a && 'M' in b) return sameItem(a.M, b.M);
  if ('L' in a && 'L' in b)
    return a.L.length === b.L.length && a.L.every((one, at) => sameValue(one, b.L[at] as Value));
  const [one, other] = [contentOf(a), contentOf(b)];
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  const members = new Set(other);
  return one.length === other.length && one.every((member) => members.has(member));
};

/** Whether two items have the same attributes with the same values. */
export const sameItem = (a: Item, b: Item): boolean => {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && sameValue(a[name] as Value, b[name] as Value));
};

/** The text under which a key value is stored: sorts, byte by byte, as DynamoDB sorts keys of that type. */
export const keyText = (value: Value): string => {
  if ('S' in value) return value.S;
  if ('N' in value) return orderedNumber(value.N);
  return bytes((value as { B: string }).B).toString('hex');
};

/** The least text after every text that begins with `prefix`; undefined when there is none. */
export const afterPrefix = (prefix: string): string | undefined => {
  const points = Array.from(prefix, (sign) => sign.codePointAt(0) as number);
  while (points.length > 0) {
    const last = points.pop() as number;
    if (last === 0x10ffff) continue;
    // The surrogates stand for nothing in UTF-8: after U+D7FF comes U+E000.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
};
