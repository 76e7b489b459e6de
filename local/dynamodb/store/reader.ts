// Reads rows in order: a partition of a table or an index between bounds, or all of it, page by page.
import type { Database } from './database.ts';
import type { KeyTexts } from './key.ts';
import { entriesOf, rowsOf } from './names.ts';
import type { Index, Table } from './table.ts';

/** A bound of the sort key's text. */
export type Bound = { readonly text: string; readonly inclusive: boolean };

export type Range = {
  readonly hash: string;
  readonly from?: Bound;
  readonly to?: Bound;
  readonly descending: boolean;
};

/** A place in a table or an index, after which a page begins. */
export type Place = { readonly key: KeyTexts; readonly entry?: KeyTexts };

/** `body`: the JSON of the item, in UTF-8 as it is kept: a page hands it on without looking inside. */
export type Found = { readonly body: Uint8Array; readonly size: number; readonly pk: string };

type Where = { readonly conditions: string[]; readonly values: string[] };

const bounded = (column: string, { from, to }: Range, where: Where): void => {
  if (from) {
    where.conditions.push(`${column} ${from.inclusive ? '>=' : '>'} ?`);
    where.values.push(from.text);
  }
  if (to) {
    where.conditions.push(`${column} ${to.inclusive ? '<=' : '<'} ?`);
    where.values.push(to.text);
  }
};

const rowsFound = function* (db: Database, statement: string, values: readonly (string | number)[]): Generator<Found> {
  for (const row of db.sql(statement).iterate(...values)) {
    const [body, size, pk] = row as unknown as [Uint8Array, number, string];
    yield { body, size, pk };
  }
};

export type Reader = {
  /** Items of one partition, in order, after `after`; at most `limit` (-1: all). */
  range(
    source: { readonly table: Table; readonly index?: Index },
    range: Range,
    after: Place | undefined,
    limit: number,
  ): Iterable<Found>;
  /** All items of a table or an index, after `after`. */
  all(source: { readonly table: Table; readonly index?: Index }, after: Place | undefined): Iterable<Found>;
};

export const openReader = (db: Database): Reader => ({
  range: ({ table, index }, range, after, limit) => {
    const [order, beyond] = range.descending ? ['DESC', '<'] : ['ASC', '>'];
    const rows = rowsOf(table.id);
    if (!index) {
      const where: Where = { conditions: ['pk = ?'], values: [range.hash] };
      bounded('sk', range, where);
      if (after) {
        where.conditions.push(`sk ${beyond} ?`);
        where.values.push(after.key.range);
      }
      const text = `SELECT CAST(body AS BLOB), size, pk FROM ${rows} WHERE ${where.conditions.join(' AND ')} ORDER BY sk ${order} LIMIT ?`;
      return rowsFound(db, text, [...where.values, limit]);
    }
    const where: Where = { conditions: ['e.hash = ?'], values: [range.hash] };
    bounded('e.range', range, where);
    if (after?.entry) {
      where.conditions.push(`(e.range, e.pk, e.sk) ${beyond} (?, ?, ?)`);
      where.values.push(after.entry.range, after.key.hash, after.key.range);
    }
    // CROSS JOIN keeps the order of the loops: the index first, each item by its key.
    const text = `SELECT CAST(r.body AS BLOB), r.size, r.pk FROM ${entriesOf(table.id, index)} e CROSS JOIN ${rows} r ON r.pk = e.pk AND r.sk = e.sk
      WHERE ${where.conditions.join(' AND ')} ORDER BY e.range ${order}, e.pk ${order}, e.sk ${order} LIMIT ?`;
    return rowsFound(db, text, [...where.values, limit]);
  },
  all: ({ table, index }, after) => {
    const rows = rowsOf(table.id);
    if (!index) {
      const where = after ? 'WHERE (pk, sk) > (?, ?)' : '';
      const values = after ? [after.key.hash, after.key.range] : [];
      return rowsFound(db, `SELECT CAST(body AS BLOB), size, pk FROM ${rows} ${where} ORDER BY pk, sk`, values);
    }
    const where = after?.entry ? 'WHERE (e.hash, e.range, e.pk, e.sk) > (?, ?, ?, ?)' : '';
    const values = after?.entry ? [after.entry.hash, after.entry.range, after.key.hash, after.key.range] : [];
    const text = `SELECT CAST(r.body AS BLOB), r.size, r.pk FROM ${entriesOf(table.id, index)} e CROSS JOIN ${rows} r ON r.pk = e.pk AND r.sk = e.sk
      ${where} ORDER BY e.hash, e.range, e.pk, e.sk`;
    return rowsFound(db, text, values);
  },
});
