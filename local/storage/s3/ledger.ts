// What is in the buckets: rows in SQLite; the bodies are files (blobs.ts). Every change is one transaction, so that a
// kill leaves the row of before or the row of after.
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { StoredObject } from './stored-object.ts';
import { keepVersions, type Versioning } from './versions.ts';

export type { StoredObject } from './stored-object.ts';

export type Upload = {
  readonly id: string;
  readonly key: string;
  readonly started: number;
  readonly headers: Record<string, string>;
};

export type Part = {
  readonly number: number;
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  /** base64, absent when the part came without a checksum */
  readonly checksum?: string;
};

const schema = `
  CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS object (
    bucket TEXT NOT NULL, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    modified INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, started INTEGER NOT NULL, headers TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS part (
    upload TEXT NOT NULL REFERENCES upload(id) ON DELETE CASCADE, number INTEGER NOT NULL, file TEXT NOT NULL,
    size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, checksum TEXT, PRIMARY KEY (upload, number)) STRICT;
`;

type Row = Record<string, SQLOutputValue>;
const text = (row: Row, name: string): string => String(row[name]);
const object = (row: Row): StoredObject => ({
  key: text(row, 'key'),
  file: text(row, 'file'),
  size: Number(row.size),
  etag: text(row, 'etag'),
  modified: Number(row.modified),
  headers: JSON.parse(text(row, 'headers')) as Record<string, string>,
});
const upload = (row: Row): Upload => ({
  id: text(row, 'id'),
  key: text(row, 'key'),
  started: Number(row.started),
  headers: JSON.parse(text(row, 'headers')) as Record<string, string>,
});
const part = (row: Row): Part => ({
  number: Number(row.number),
  file: text(row, 'file'),
  size: Number(row.size),
  etag: text(row, 'etag'),
  modified: Number(row.modified),
  ...(row.checksum === null ? {} : { checksum: text(row, 'checksum') }),
});

/** Sorts after every key that starts with `prefix`: U+10FFFF is the last code point, and no character. */
export const afterAll = (prefix: string): string => `${prefix}\u{10ffff}`;

export type Ledger = ReturnType<typeof openLedger>;

/** Opens (or makes) the ledger in `file`. */
export const openLedger = (file: string) => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  db.exec(schema);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const sql = (statement: string) => {
    const known = prepared.get(statement) ?? db.prepare(statement);
    prepared.set(statement, known);
    return known;
  };
  const atomically = <T>(change: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  const get = (bucket: string, key: string): StoredObject | undefined => {
    const row = sql('SELECT * FROM object WHERE bucket = ? AND key = ?').get(bucket, key);
    return row && object(row);
  };
  const versions = keepVersions(db, sql);
  /** Puts an object and answers what it took the place of, where that is kept nowhere. */
  const put = (bucket: string, asked: StoredObject, before: StoredObject | undefined): StoredObject | undefined => {
    const next = versions.named(bucket, asked);
    sql('INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      bucket,
      next.key,
      next.file,
      next.size,
      next.etag,
      next.modified,
      JSON.stringify(next.headers),
    );
    return before && versions.kept(bucket, before) ? undefined : before;
  };
  const parts = (id: string): Part[] => sql('SELECT * FROM part WHERE upload = ? ORDER BY number').all(id).map(part);

  return {
    buckets: (): { name: string; created: number }[] =>
      sql('SELECT * FROM bucket ORDER BY name')
        .all()
        .map((row) => ({ name: text(row, 'name'), created: Number(row.created) })),
    hasBucket: (name: string): boolean => sql('SELECT 1 FROM bucket WHERE name = ?').get(name) !== undefined,
    /** `versioning`: of a bucket that keeps what is overwritten and deleted. */
    addBucket: (name: string, created: number, versioning?: Versioning): void => {
      sql('INSERT OR IGNORE INTO bucket VALUES (?, ?)').run(name, created);
      if (versioning) versions.keepIn(name, versioning);
    },
    removeBucket: (name: string): void => {
      sql('DELETE FROM bucket WHERE name = ?').run(name);
    },
    isEmpty: (bucket: string): boolean =>
      sql('SELECT 1 FROM object WHERE bucket = ? LIMIT 1').get(bucket) === undefined && versions.isEmpty(bucket),
    get,
    /** Keys after `after` (exclusive) that start with `prefix`, in UTF-8 order, at most `limit`. */
    list: (bucket: string, range: { prefix: string; after: string; limit: number }): StoredObject[] =>
      sql('SELECT * FROM object WHERE bucket = ? AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT ?')
        .all(bucket, range.after, range.prefix, afterAll(range.prefix), range.limit)
        .map(object),
    /** Puts the object unless `refuse` throws over what is there now; answers what was there and is kept nowhere. */
    replace: (
      bucket: string,
      next: StoredObject,
      refuse: (now: StoredObject | undefined) => void,
    ): StoredObject | undefined =>
      atomically(() => {
        const before = get(bucket, next.key);
        refuse(before);
        return put(bucket, next, before);
      }),
    /** Deletes an object; answers it where it is kept nowhere. */
    remove: (bucket: string, key: string): StoredObject | undefined =>
      atomically(() => {
        const before = get(bucket, key);
        if (before) sql('DELETE FROM object WHERE bucket = ? AND key = ?').run(bucket, key);
        return versions.marked(bucket, key, before) ? undefined : before;
      }),
    /** Deletes one version, or the marker of a deletion, for good; the one before it is the object then. Answers the file that is free. */
    removeVersion: (bucket: string, key: string, id: string): string | undefined =>
      atomically(() => {
        const current = get(bucket, key);
        if (!current || versions.idOf(current) !== id) {
          const free = versions.drop(bucket, key, id);
          if (!current) versions.revive(bucket, key);
          return free;
        }
        sql('DELETE FROM object WHERE bucket = ? AND key = ?').run(bucket, key);
        versions.revive(bucket, key);
        return current.file;
      }),
    versions: versions.list,
    /** Forgets versions whose time is over; answers the files that are free. */
    expireVersions: versions.expire,
    upload: (bucket: string, key: string, id: string): Upload | undefined => {
      const row = sql('SELECT * FROM upload WHERE id = ? AND bucket = ? AND key = ?').get(id, bucket, key);
      return row && upload(row);
    },
    uploads: (bucket: string, prefix: string): Upload[] =>
      sql('SELECT * FROM upload WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key, started')
        .all(bucket, prefix, afterAll(prefix))
        .map(upload),
    addUpload: (bucket: string, next: Upload): void => {
      sql('INSERT INTO upload VALUES (?, ?, ?, ?, ?)').run(
        next.id,
        bucket,
        next.key,
        next.started,
        JSON.stringify(next.headers),
      );
    },
    parts,
    /** Puts a part; answers the file it replaced. False when the upload is gone. */
    addPart: (id: string, next: Part): string | undefined | false =>
      atomically(() => {
        if (!sql('SELECT 1 FROM upload WHERE id = ?').get(id)) return false;
        const before = sql('SELECT file FROM part WHERE upload = ? AND number = ?').get(id, next.number);
        sql('INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?)').run(
          id,
          next.number,
          next.file,
          next.size,
          next.etag,
          next.modified,
          next.checksum ?? null,
        );
        return before && text(before, 'file');
      }),
    /** Ends an upload; with `into`, the object appears in the same transaction. Answers the files that are free now. */
    endUpload: (
      bucket: string,
      id: string,
      into?: { object: StoredObject; refuse: (now: StoredObject | undefined) => void },
    ): string[] =>
      atomically(() => {
        const free = parts(id).map((one) => one.file);
        if (into) {
          const before = get(bucket, into.object.key);
          into.refuse(before);
          const gone = put(bucket, into.object, before);
          if (gone) free.push(gone.file);
        }
        sql('DELETE FROM upload WHERE id = ?').run(id);
        return free;
      }),
    files: (): Set<string> =>
      new Set(
        [
          ...sql('SELECT file FROM object').all(),
          ...sql('SELECT file FROM part').all(),
          ...sql('SELECT file FROM version WHERE file IS NOT NULL').all(),
        ].map((row) => text(row, 'file')),
      ),
    close: (): void => db.close(),
  };
};
