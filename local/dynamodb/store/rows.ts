// The rows of tables: one for each item, one in each index that has it, one stream record for each change.
// An item is kept as the JSON it travels in, so that most reads hand it on without looking inside.
import { sameItem } from '../value/order.ts';
import type { Item } from '../value/value.ts';
import type { Database } from './database.ts';
import { indexTexts, type KeyTexts } from './key.ts';
import { entriesOf, rowsOf } from './names.ts';
import type { Recorder } from './records.ts';
import { type Change, expiryOf, type Row } from './row.ts';
import type { Table } from './table.ts';

export type Rows = {
  /** JSON and size of an item, unread. */
  text(table: Table, key: KeyTexts): { readonly text: string; readonly size: number } | undefined;
  get(table: Table, key: KeyTexts): Row | undefined;
  /** Replaces `before` (what is there) by `after`, in table, indexes and stream. */
  write(table: Table, key: KeyTexts, change: Change): void;
};

const parse = (text: string): Item => JSON.parse(text) as Item;

export const openRows = (db: Database, recorder: Recorder): Rows => {
  const text: Rows['text'] = ({ id }, { hash, range }) => {
    const found = db.sql(`SELECT body, size FROM ${rowsOf(id)} WHERE pk = ? AND sk = ?`).get(hash, range) as unknown;
    if (!found) return undefined;
    const [body, size] = found as [string, number];
    return { text: body, size };
  };
  const writeIndexes = (table: Table, key: KeyTexts, { before, after }: Change): void => {
    for (const index of table.indexes) {
      const old = before && indexTexts(before.item, index.keys);
      const next = after && indexTexts(after.item, index.keys);
      const stays = old && next && old.hash === next.hash && old.range === next.range;
      if (stays || (!old && !next)) continue;
      const entries = entriesOf(table.id, index);
      if (old)
        db.sql(`DELETE FROM ${entries} WHERE hash = ? AND range = ? AND pk = ? AND sk = ?`).run(
          old.hash,
          old.range,
          key.hash,
          key.range,
        );
      if (next) db.sql(`INSERT INTO ${entries} VALUES (?, ?, ?, ?)`).run(next.hash, next.range, key.hash, key.range);
    }
  };
  return {
    text,
    get: (table, key) => {
      const found = text(table, key);
      return found && { ...found, item: parse(found.text) };
    },
    write: (table, key, change) => {
      const { before, after } = change;
      if (!before && !after) return;
      // As on AWS: what changes nothing leaves no trace in the stream.
      if (before && after && (before.text === after.text || sameItem(before.item, after.item))) return;
      const rows = rowsOf(table.id);
      if (after)
        db.sql(
          `INSERT INTO ${rows} VALUES (?, ?, ?, ?, ?) ON CONFLICT (pk, sk) DO UPDATE SET body = excluded.body, size = excluded.size, expires = excluded.expires`,
        ).run(key.hash, key.range, after.text, after.size, expiryOf(after.item, table.settings.ttl));
      else db.sql(`DELETE FROM ${rows} WHERE pk = ? AND sk = ?`).run(key.hash, key.range);
      recorder.record(table, change);
      writeIndexes(table, key, change);
    },
  };
};
