// The store: one SQLite file with its tables, rows, readers and stream records.
import { type Catalog, openCatalog } from './catalog.ts';
import { type Database, openDatabase } from './database.ts';
import { openReader, type Reader } from './reader.ts';
import { openRecorder, type Recorder } from './records.ts';
import { openRows, type Rows } from './rows.ts';

export type Store = {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly rows: Rows;
  readonly reader: Reader;
  readonly recorder: Recorder;
};

/** Opens `file` (`:memory:` for none). Throws Refusal when the file cannot serve. */
export const openStore = (file: string, now: () => number): Store => {
  const db = openDatabase(file);
  const recorder = openRecorder(db, now);
  return { db, catalog: openCatalog(db), rows: openRows(db, recorder), reader: openReader(db), recorder };
};
