// Consumed capacity, counted by the service's rules: reads in 4 KB, writes in 1 KB, transactions twice.
// Source: "DynamoDB read and write operations" (Amazon DynamoDB Developer Guide).
import { indexTexts } from './store/key.ts';
import type { Row } from './store/row.ts';
import type { Index, Table } from './store/table.ts';
import { itemSize } from './value/size.ts';
import { projected } from './view.ts';

export type Units = { readonly table: number; readonly indexes: Readonly<Record<string, number>> };

/** Read units of so many bytes; half of them when the read need not be consistent. */
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

const entryUnits = (index: Index, table: Table, before: Row | undefined, after: Row | undefined): number => {
  const [old, next] = [before && indexTexts(before.item, index.keys), after && indexTexts(after.item, index.keys)];
  const units = (row: Row | undefined) => (row ? writeUnits(itemSize(projected(row.item, table, index))) : 0);
  if (old && next && old.hash === next.hash && old.range === next.range) return Math.max(units(before), units(after));
  return (old ? units(before) : 0) + (next ? units(after) : 0);
};

/** Write units of a change. */
export const changeUnits = (table: Table, before: Row | undefined, after: Row | undefined): Units => ({
  table: writeUnits(Math.max(before?.size ?? 0, after?.size ?? 0)),
  indexes: Object.fromEntries(
    table.indexes
      .map((index) => [index.name, entryUnits(index, table, before, after)] as const)
      .filter(([, units]) => units > 0),
  ),
});

const total = ({ table, indexes }: Units): number => Object.values(indexes).reduce((sum, units) => sum + units, table);

const capacityOf = (units: number) => ({ CapacityUnits: units });

/** The `ConsumedCapacity` of an answer for one table, or undefined when it was not asked for: then nothing is counted. */
export const consumed = (
  asked: string | undefined,
  tableName: string,
  count: () => Units,
  extra: object = {},
): object | undefined => {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const units = count();
  const indexes = Object.entries(units.indexes).map(([name, one]) => [name, capacityOf(one)]);
  return {
    TableName: tableName,
    CapacityUnits: total(units),
    ...extra,
    ...(asked === 'INDEXES' && {
      Table: capacityOf(units.table),
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: Object.fromEntries(indexes) }),
    }),
  };
};

type Touched = { readonly table: string; readonly units: Units };

/** The list of a batch or a transaction: one entry for each table; `times` is 2 in a transaction. */
export const consumedByTable = (
  asked: string | undefined,
  count: () => readonly Touched[],
  times: number,
  kind?: 'Read' | 'Write',
): object[] | undefined => {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const sums = new Map<string, { table: number; indexes: Record<string, number> }>();
  for (const { table, units } of count()) {
    const sum = sums.get(table) ?? { table: 0, indexes: {} };
    sum.table += units.table * times;
    for (const [name, one] of Object.entries(units.indexes)) sum.indexes[name] = (sum.indexes[name] ?? 0) + one * times;
    sums.set(table, sum);
  }
  return [...sums].map(
    ([name, units]) =>
      consumed(asked, name, () => units, kind ? { [`${kind}CapacityUnits`]: total(units) } : {}) as object,
  );
};
