// Keys of items: checked against the schema, and the texts they are stored under.
import { invalid, invalidValue } from '../failure.ts';
import { keyText } from '../value/order.ts';
import { attributeOf, type Item, typeOf, type Value } from '../value/value.ts';
import type { Index, KeyAttribute, Keys, Table } from './table.ts';

/** Partition and sort key as stored; `range` is '' where the schema has none. */
export type KeyTexts = { readonly hash: string; readonly range: string };

/** "Quotas in Amazon DynamoDB", Primary keys. */
const [LONGEST_HASH, LONGEST_RANGE] = [2048, 1024];

const sizeOfKey = (value: Value): number =>
  'S' in value ? Buffer.byteLength(value.S) : 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;

const isEmpty = (value: Value): boolean => ('S' in value && value.S === '') || ('B' in value && value.B === '');

const kind = ({ type }: KeyAttribute): string => (type === 'S' ? 'string' : 'binary');

/** Throws ValidationException for a key part that is too long. */
export const checkSize = (value: Value, isHash: boolean): void => {
  const size = sizeOfKey(value);
  // The missing space is the service's.
  if (isHash && size > LONGEST_HASH)
    throw invalidValue('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  if (!isHash && size > LONGEST_RANGE)
    throw invalidValue('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
};

const textOfPart = (item: Item, attribute: KeyAttribute, isHash: boolean): string => {
  const value = attributeOf(item, attribute.name);
  if (!value || typeOf(value) !== attribute.type) throw invalid('The provided key element does not match the schema');
  if (isEmpty(value))
    throw invalidValue(
      `The AttributeValue for a key attribute cannot contain an empty ${kind(attribute)} value. Key: ${attribute.name}`,
    );
  checkSize(value, isHash);
  return keyText(value);
};

/** Texts of a `Key` parameter. Throws ValidationException when it is not exactly the key of the schema. */
export const keyTexts = (key: Item, { hash, range }: Keys): KeyTexts => {
  if (Object.keys(key).length !== (range ? 2 : 1)) throw invalid('The provided key element does not match the schema');
  return { hash: textOfPart(key, hash, true), range: range ? textOfPart(key, range, false) : '' };
};

const textInItem = (item: Item, attribute: KeyAttribute, isHash: boolean): string => {
  const value = attributeOf(item, attribute.name);
  if (!value) throw invalidValue(`Missing the key ${attribute.name} in the item`);
  if (typeOf(value) !== attribute.type)
    throw invalidValue(`Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`);
  if (isEmpty(value)) {
    const text = `The AttributeValue for a key attribute cannot contain an empty ${kind(attribute)} value. Key: ${attribute.name}`;
    throw invalid(`One or more parameter values are not valid. ${text}`);
  }
  checkSize(value, isHash);
  return keyText(value);
};

/** Texts of the key within an item that is put. Throws ValidationException. */
export const keyTextsOfItem = (item: Item, { hash, range }: Keys): KeyTexts => ({
  hash: textInItem(item, hash, true),
  range: range ? textInItem(item, range, false) : '',
});

const checkIndexKey = (item: Item, attribute: KeyAttribute, index: Index, isHash: boolean): void => {
  const value = attributeOf(item, attribute.name);
  if (!value) return;
  const where = `IndexName: ${index.name}`;
  if (typeOf(value) !== attribute.type)
    throw invalidValue(
      `Type mismatch for Index Key ${attribute.name} Expected: ${attribute.type} Actual: ${typeOf(value)} ${where}`,
    );
  if (isEmpty(value)) {
    const text = `The AttributeValue for a key attribute cannot contain an empty ${kind(attribute)} value.`;
    const start =
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported.';
    throw invalid(`${start} ${text} ${where}, IndexKey: ${attribute.name}`);
  }
  checkSize(value, isHash);
};

/** An index takes an item without its key attributes, but no wrong ones. Throws ValidationException. */
export const checkIndexKeys = (item: Item, table: Table): void => {
  for (const index of table.indexes) {
    checkIndexKey(item, index.keys.hash, index, true);
    if (index.keys.range) checkIndexKey(item, index.keys.range, index, false);
  }
};

const indexText = (item: Item, { name, type }: KeyAttribute): string | undefined => {
  const value = attributeOf(item, name);
  return value && typeOf(value) === type ? keyText(value) : undefined;
};

/**
 * Texts of an item's place in an index; undefined when it lacks one of the attributes, or has it of another type
 * from the time before the index, and so is not in it.
 */
export const indexTexts = (item: Item, keys: Keys): KeyTexts | undefined => {
  const [hash, range] = [indexText(item, keys.hash), keys.range ? indexText(item, keys.range) : ''];
  return hash === undefined || range === undefined ? undefined : { hash, range };
};

/** The key attributes of an item. */
export const keyOf = (item: Item, { hash, range }: Keys): Item => {
  const key: Record<string, Value> = { [hash.name]: item[hash.name] as Value };
  if (range) key[range.name] = item[range.name] as Value;
  return key;
};
