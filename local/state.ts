// The folder of everything that survives a restart: one cloud at a time, its databases opened with care.
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explain } from './fault.ts';
import { makeFolder } from './make-folder.ts';
import { Refusal } from './refusal.ts';

export type State = {
  /** Absolute. */
  readonly folder: string;
  /** A database of that name; WAL, so that a kill -9 leaves whole transactions. Throws STATE_CORRUPT, DISK_FULL, STATE_UNWRITABLE. */
  readonly open: (name: string) => DatabaseSync;
  readonly close: () => void;
};

const SQLITE_BUSY = 5;

const readPid = (file: string): string => {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
};

const begin = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** The lock's file holds nothing: one that is damaged is emptied, in its place, so that whoever does the same at once locks the same file. */
const beginAnyway = (file: string): DatabaseSync => {
  try {
    return begin(file);
  } catch (error) {
    if (explain(error, file)?.code !== 'STATE_CORRUPT') throw error;
    truncateSync(file);
    return begin(file);
  }
};

/** A database transaction held open is a lock the system lets go of when the process dies, however it dies. */
const lock = (folder: string): DatabaseSync => {
  const pidFile = join(folder, 'cloud.pid');
  const held = (): DatabaseSync => {
    try {
      return beginAnyway(join(folder, 'lock.sqlite'));
    } catch (cause) {
      if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
      const message = `Another local cloud${readPid(pidFile)} works on ${folder}. Stop it, or choose another folder with --state DIR.`;
      throw new Refusal('STATE_IN_USE', message, { cause });
    }
  };
  const database = held();
  writeFileSync(pidFile, `${process.pid}\n`);
  return database;
};

const check = (database: DatabaseSync): void => {
  const [row] = database.prepare('PRAGMA quick_check(1)').all();
  if (row?.quick_check === 'ok') return;
  throw Object.assign(new Error(String(row?.quick_check)), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
};

/** Throws STATE_IN_USE when another cloud has the folder, DISK_FULL, STATE_UNWRITABLE or STATE_CORRUPT. */
export function openState(path: string): State {
  const folder = resolve(path);
  const open: DatabaseSync[] = [];
  const guarded = <Result>(what: string, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explain(error, what) ?? error;
    }
  };
  const held = guarded(folder, () => {
    makeFolder(folder);
    return lock(folder);
  });
  return {
    folder,
    open: (name) => {
      const file = join(folder, name);
      return guarded(file, () => {
        const database = new DatabaseSync(file);
        open.push(database);
        database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
        check(database);
        return database;
      });
    },
    close: () => {
      for (const database of open) database.close();
      rmSync(join(folder, 'cloud.pid'), { force: true });
      held.close();
    },
  };
}
