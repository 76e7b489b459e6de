// The SQLite file under the engine. Every request that writes is one SQLite transaction (WAL), so that a kill -9 leaves all of it or nothing.
// synchronous is NORMAL: a killed process loses nothing, for what was committed is with the operating system. A power cut may take the
// last transactions, whole ones only; the file stays sound. FULL would pay an fsync for each write, and this cloud is not the only copy of anything.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { explain } from '../../fault.ts';
import { Refusal } from '../../refusal.ts';

export type Database = {
  /** A statement, prepared once. Its rows come as arrays. */
  sql(text: string): StatementSync;
  exec(text: string): void;
  /** All of `change` or nothing of it; one inside another joins it. */
  atomically<T>(change: () => T): T;
  /**
   * Runs `work`, and commits what it wrote at its end, at once: many small transactions cost little more than one.
   * Each `atomically` in it is still all or nothing by itself. Throws when the commit fails: then nothing of any was written.
   */
  together(work: () => void): void;
  close(): void;
};

/** Extended or not, code of a file that another process holds (sqlite.org/rescode.html). */
const BUSY = 5;

const connect = (file: string): DatabaseSync => {
  try {
    const db = new DatabaseSync(file);
    // Items of one to two KB fit a page; one process owns the file, so the WAL needs no shared memory;
    // pages that are written over and over go to the file once in about a thousand writes.
    db.exec(
      'PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL',
    );
    db.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000');
    db.exec(
      'CREATE TABLE IF NOT EXISTS dynamo_table (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL) STRICT',
    );
    db.exec(
      'CREATE TABLE IF NOT EXISTS token (token TEXT PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    );
    db.exec('CREATE INDEX IF NOT EXISTS token_at ON token (at)');
    return db;
  } catch (error) {
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY) {
      const advice = 'Stop the other one (is another `npm start` running?) or choose another state folder.';
      throw new Refusal('STATE_IN_USE', `${file} is in use by another process. ${advice}`, { cause: error });
    }
    throw explain(error, file) ?? error;
  }
};

/** Opens or makes `file` (`:memory:` for none). Throws Refusal STATE_IN_USE, STATE_CORRUPT, STATE_UNWRITABLE or DISK_FULL. */
export const openDatabase = (file: string): Database => {
  const db = connect(file);
  const prepared = new Map<string, StatementSync>();
  let within = false;
  const sql = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known) return known;
    const statement = db.prepare(text);
    statement.setReturnArrays(true);
    prepared.set(text, statement);
    return statement;
  };
  const kept = (text: string): { run(): void } => ({ run: () => void sql(text).run() });
  const [begin, commit, rollback] = [kept('BEGIN IMMEDIATE'), kept('COMMIT'), kept('ROLLBACK')];
  const [mark, forget, undo] = [kept('SAVEPOINT one'), kept('RELEASE one'), kept('ROLLBACK TO one')];
  const whole = <T>(change: () => T): T => {
    begin.run();
    try {
      const result = change();
      commit.run();
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (db.isTransaction) rollback.run();
      throw error;
    }
  };
  let isGroup = false;
  /** What ended the transaction of a group before its time. */
  let broken: unknown;
  const part = <T>(change: () => T): T => {
    if (broken !== undefined) throw broken;
    mark.run();
    try {
      const result = change();
      forget.run();
      return result;
    } catch (error) {
      if (db.isTransaction) {
        undo.run();
        forget.run();
      } else broken = error;
      throw error;
    }
  };
  const atomically = <T>(change: () => T): T => {
    if (within) return change();
    within = true;
    try {
      return isGroup ? part(change) : whole(change);
    } finally {
      within = false;
    }
  };
  const together = (work: () => void): void => {
    [isGroup, broken] = [true, undefined];
    try {
      whole(() => {
        work();
        if (broken !== undefined) throw broken;
      });
    } finally {
      isGroup = false;
    }
  };
  return {
    sql,
    exec: (text) => {
      // Statements over a table that is dropped or made anew must not be kept.
      prepared.clear();
      db.exec(text);
    },
    atomically,
    together,
    close: () => db.close(),
  };
};
