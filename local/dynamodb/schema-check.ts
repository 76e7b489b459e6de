// What expressions may not do to key attributes of a table and its indexes.
import type { Compiled } from './expression/compile.ts';
import { invalid, invalidValue } from './failure.ts';
import { checkSize } from './store/key.ts';
import type { Table } from './store/table.ts';
import { sameValue } from './value/order.ts';
import { attributeOf, type Item, typeOf } from './value/value.ts';

const indexAttributes = (table: Table) =>
  table.indexes.flatMap(({ name, keys }) =>
    [keys.hash, ...(keys.range ? [keys.range] : [])].map((key, at) => ({ ...key, index: name, isHash: at === 0 })),
  );

const tableAttributes = ({ keys }: Table) => [keys.hash, ...(keys.range ? [keys.range] : [])];

/** Keys are scalars: no path leads into them. Throws ValidationException. */
export const checkPaths = (nested: Readonly<Record<string, boolean>> | undefined, table: Table): void => {
  if (!nested) return;
  const text = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed";
  for (const { name } of tableAttributes(table)) if (nested[name]) throw invalid(`${text}: Key: ${name}`);
  for (const { name } of indexAttributes(table)) if (nested[name]) throw invalid(`${text}: IndexKey: ${name}`);
};

/** An update leaves the key as it is and gives index keys their type. Throws ValidationException. */
export const checkUpdatedNames = (update: NonNullable<Compiled['update']>, table: Table): void => {
  for (const { name } of tableAttributes(table))
    if (update.types.some(({ attribute }) => attribute === name))
      throw invalidValue(`Cannot update attribute ${name}. This attribute is part of the key`);
  for (const { name, type, index } of indexAttributes(table)) {
    const given = update.types.find(({ attribute }) => attribute === name)?.type;
    if (given && given !== type)
      throw invalidValue(`Type mismatch for Index Key ${name} Expected: ${type} Actual: ${given} IndexName: ${index}`);
  }
  checkPaths(update.nested, table);
};

/** The same for what an update made of the item. Throws ValidationException. */
export const checkUpdatedIndexKeys = (before: Item | undefined, next: Item, table: Table): void => {
  for (const { name, type, isHash } of indexAttributes(table)) {
    const value = attributeOf(next, name);
    const old = before && attributeOf(before, name);
    if (!value || (old && sameValue(old, value))) continue;
    if (typeOf(value) !== type)
      throw invalid('The update expression attempted to update the secondary index key to unsupported type');
    const kind = 'S' in value && value.S === '' ? 'string' : 'B' in value && value.B === '' ? 'binary' : undefined;
    if (kind) {
      const start = 'The update expression attempted to update a secondary index key to a value that is not supported.';
      const text = `The AttributeValue for a key attribute cannot contain an empty ${kind} value.`;
      throw invalid(`One or more parameter values are not valid. ${start} ${text}`);
    }
    checkSize(value, isHash);
  }
};
