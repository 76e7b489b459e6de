// Sizes as DynamoDB counts them: names and strings in UTF-8 bytes.
// Source: "DynamoDB item sizes and formats" (Amazon DynamoDB Developer Guide).
import { numberSize } from './number.ts';
import type { Item, Value } from './value.ts';

/** Bytes of base64 content. */
const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

const sum = <T>(list: readonly T[], size: (one: T) => number): number => {
  let total = 0;
  for (const one of list) total += size(one);
  return total;
};

/** A list or a map: three bytes, and one more for each member. */
const CONTAINER = 3;

const valueSize = (value: Value): number => {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('M' in value) return CONTAINER + Object.keys(value.M).length + itemSize(value.M);
  if ('L' in value) return CONTAINER + value.L.length + sum(value.L, valueSize);
  if ('B' in value) return binarySize(value.B);
  if ('SS' in value) return sum(value.SS, (text) => Buffer.byteLength(text));
  if ('NS' in value) return sum(value.NS, numberSize);
  if ('BS' in value) return sum(value.BS, binarySize);
  return 1;
};

/** Bytes of an item, names included. */
export const itemSize = (item: Item): number => {
  let total = 0;
  for (const name in item) total += Buffer.byteLength(name) + valueSize(item[name] as Value);
  return total;
};

/** Largest item, in bytes: 400 KB ("Quotas in Amazon DynamoDB"). */
export const LARGEST_ITEM = 400 * 1024;

/** Most bytes of items that one page of Query or Scan looks at: 1 MB. */
export const LARGEST_PAGE = 1024 ** 2;
