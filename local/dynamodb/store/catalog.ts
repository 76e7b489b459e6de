// The tables that there are: their settings in one SQLite table, their rows in tables of their own.
import { DynamoFailure } from '../failure.ts';
import type { Database } from './database.ts';
import { indexTexts } from './key.ts';
import { entriesOf, recordsOf, rowsOf, tableArn } from './names.ts';
import { expiryOf } from './row.ts';
import { type Index, type StreamSettings, type Table, type TableSettings, tableOf } from './table.ts';

export type Catalog = {
  /** In the order of their names. */
  all(): Table[];
  find(nameOrArn: string): Table | undefined;
  /** Throws ResourceNotFoundException, with the words of item calls. */
  get(nameOrArn: string): Table;
  create(name: string, settings: TableSettings): Table;
  /** Replaces settings; rows of indexes and streams that are gone go, new indexes are filled. */
  update(table: Table, settings: TableSettings): Table;
  remove(table: Table): void;
};

const makeRows = (db: Database, id: number): void => {
  const rows = rowsOf(id);
  db.exec(
    `CREATE TABLE ${rows} (pk TEXT NOT NULL, sk TEXT NOT NULL, body TEXT NOT NULL, size INTEGER NOT NULL, expires INTEGER, PRIMARY KEY (pk, sk)) STRICT, WITHOUT ROWID;
     CREATE INDEX ${rows}_expires ON ${rows} (expires) WHERE expires IS NOT NULL`,
  );
};

const makeEntries = (db: Database, id: number, index: Pick<Index, 'number'>): void =>
  db.exec(
    `CREATE TABLE ${entriesOf(id, index)} (hash TEXT NOT NULL, range TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, PRIMARY KEY (hash, range, pk, sk)) STRICT, WITHOUT ROWID`,
  );

const makeRecords = (db: Database, id: number, stream: StreamSettings): void =>
  db.exec(
    `CREATE TABLE ${recordsOf(id, stream)} (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, name TEXT NOT NULL, keys TEXT NOT NULL, next TEXT, old TEXT, size INTEGER NOT NULL, expired INTEGER NOT NULL) STRICT`,
  );

const eachRow = function* (db: Database, id: number): Generator<{ pk: string; sk: string; body: string }> {
  const page = db.sql(`SELECT pk, sk, body FROM ${rowsOf(id)} WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT 500`);
  let last = { pk: '', sk: '' };
  for (;;) {
    const rows = page.all(last.pk, last.sk) as unknown as [string, string, string][];
    for (const [pk, sk, body] of rows) {
      last = { pk, sk };
      yield { pk, sk, body };
    }
    if (rows.length === 0) return;
  }
};

/** Enters the items that are there. */
const fillEntries = (db: Database, id: number, index: Index): void => {
  const insert = db.sql(`INSERT INTO ${entriesOf(id, index)} VALUES (?, ?, ?, ?)`);
  for (const { pk, sk, body } of eachRow(db, id)) {
    const texts = indexTexts(JSON.parse(body), index.keys);
    if (texts) insert.run(texts.hash, texts.range, pk, sk);
  }
};

const fillExpiry = (db: Database, id: number, attribute: string | undefined): void => {
  const set = db.sql(`UPDATE ${rowsOf(id)} SET expires = ? WHERE pk = ? AND sk = ?`);
  for (const { pk, sk, body } of eachRow(db, id)) set.run(expiryOf(JSON.parse(body), attribute), pk, sk);
};

const has = (list: readonly { readonly number: number }[], { number }: { readonly number: number }): boolean =>
  list.some((one) => one.number === number);

const change = (db: Database, before: Table, after: Table): void => {
  const { id } = before;
  for (const index of before.indexes) if (!has(after.indexes, index)) db.exec(`DROP TABLE ${entriesOf(id, index)}`);
  for (const stream of before.settings.streams)
    if (!has(after.settings.streams, stream)) db.exec(`DROP TABLE ${recordsOf(id, stream)}`);
  for (const stream of after.settings.streams) if (!has(before.settings.streams, stream)) makeRecords(db, id, stream);
  for (const index of after.indexes)
    if (!has(before.indexes, index)) {
      makeEntries(db, id, index);
      fillEntries(db, id, index);
    }
  if (before.settings.ttl !== after.settings.ttl) fillExpiry(db, id, after.settings.ttl);
};

export const openCatalog = (db: Database): Catalog => {
  const tables = new Map<string, Table>();
  for (const row of db.sql('SELECT id, name, settings FROM dynamo_table ORDER BY name').all() as unknown as [
    number,
    string,
    string,
  ][]) {
    const [id, name, settings] = row;
    tables.set(name, tableOf(id, name, tableArn(name), JSON.parse(settings)));
  }
  const nameIn = (nameOrArn: string): string =>
    nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? '') : nameOrArn;
  const find = (nameOrArn: string): Table | undefined => tables.get(nameOrArn) ?? tables.get(nameIn(nameOrArn));
  return {
    all: () => [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    find,
    get: (nameOrArn) => {
      const table = find(nameOrArn);
      if (!table) throw new DynamoFailure('ResourceNotFoundException', 'Requested resource not found');
      return table;
    },
    create: (name, settings) => {
      const table = db.atomically(() => {
        const inserted = db
          .sql('INSERT INTO dynamo_table (name, settings) VALUES (?, ?)')
          .run(name, JSON.stringify(settings));
        const made = tableOf(Number(inserted.lastInsertRowid), name, tableArn(name), settings);
        makeRows(db, made.id);
        for (const index of made.indexes) makeEntries(db, made.id, index);
        for (const stream of settings.streams) makeRecords(db, made.id, stream);
        return made;
      });
      tables.set(name, table);
      return table;
    },
    update: (before, settings) => {
      const after = tableOf(before.id, before.name, before.arn, settings);
      db.atomically(() => {
        change(db, before, after);
        db.sql('UPDATE dynamo_table SET settings = ? WHERE id = ?').run(JSON.stringify(settings), before.id);
      });
      tables.set(before.name, after);
      return after;
    },
    remove: ({ id, name, indexes, settings }) => {
      db.atomically(() => {
        for (const index of indexes) db.exec(`DROP TABLE ${entriesOf(id, index)}`);
        for (const stream of settings.streams) db.exec(`DROP TABLE ${recordsOf(id, stream)}`);
        db.exec(`DROP TABLE ${rowsOf(id)}`);
        db.sql('DELETE FROM dynamo_table WHERE id = ?').run(id);
      });
      tables.delete(name);
    },
  };
};
