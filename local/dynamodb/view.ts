// What a reader of a table or an index gets to see of an item.
import type { Index, Table } from './store/table.ts';
import { attributeOf, type Item, setAttribute, type Value } from './value/value.ts';

/** Names of the key attributes of a table and, where one is read, its index; the table's first. */
export const keyNames = (table: Table, index?: Index): string[] => {
  const all = [table.keys, index?.keys].flatMap((keys) => (keys ? [keys.hash.name, keys.range?.name] : []));
  return [...new Set(all)].filter((name) => name !== undefined);
};

/** Some attributes of an item, those it has. */
export const pick = (item: Item, names: readonly string[]): Item => {
  const picked: Record<string, Value> = {};
  for (const name of names) {
    const value = attributeOf(item, name);
    if (value) setAttribute(picked, name, value);
  }
  return picked;
};

/** An item as an index holds it: all of it, or its keys and the attributes that the index includes. */
export const projected = (item: Item, table: Table, index: Index): Item => {
  const { ProjectionType, NonKeyAttributes = [] } = index.projection;
  return ProjectionType === 'ALL' ? item : pick(item, [...keyNames(table, index), ...NonKeyAttributes]);
};
