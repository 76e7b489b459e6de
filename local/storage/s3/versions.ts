// Versions of objects, in buckets that keep them: what was overwritten or deleted, and the markers of deletions. The object itself stands in
// the table of objects, and carries its id as the header that S3 answers.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { StoredObject } from './stored-object.ts';

/** Days an old version is kept; infinite where no rule says. */
export type Versioning = { readonly days: number };

/** One line of a list of versions. `file` absent: the marker of a deletion. */
export type Version = {
  readonly key: string;
  readonly id: string;
  readonly isMarker: boolean;
  readonly isLatest: boolean;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
};

type Row = Record<string, SQLOutputValue>;
type Sql = (statement: string) => {
  run(...values: SQLInputValue[]): unknown;
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
};

const header = 'x-amz-version-id';
const dayMs = 86_400_000;

const schema = `
  CREATE TABLE IF NOT EXISTS version (
    bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, file TEXT, size INTEGER NOT NULL,
    etag TEXT NOT NULL, modified INTEGER NOT NULL, headers TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (bucket, key, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS version_place ON version (bucket, key, place);
`;

/** U+10FFFF is the last code point, and no character. */
const afterAll = (prefix: string): string => `${prefix}\u{10ffff}`;

/** Keeps versions beside the objects of a ledger. What changes several rows belongs into a transaction of the ledger's. */
export function keepVersions(db: DatabaseSync, sql: Sql) {
  db.exec(schema);
  const buckets = new Map<string, Versioning>();
  /** S3 calls the one version of an object from before versioning `null`. */
  const idOf = ({ headers }: Pick<StoredObject, 'headers'>): string => headers[header] ?? 'null';
  const next = (bucket: string): number =>
    Number(sql('SELECT COALESCE(MAX(place), 0) + 1 AS place FROM version WHERE bucket = ?').get(bucket)?.place);
  const add = (bucket: string, id: string, { key, ...one }: Omit<StoredObject, 'file'> & { file: string | null }) => {
    const { file, size, etag, modified, headers } = one;
    const values = [bucket, key, id, next(bucket), file, size, etag, modified, JSON.stringify(headers), Date.now()];
    sql('INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...values);
  };
  const newest = (bucket: string, key: string): Row | undefined =>
    sql('SELECT * FROM version WHERE bucket = ? AND key = ? ORDER BY place DESC LIMIT 1').get(bucket, key);

  return {
    idOf,
    keepIn: (bucket: string, versioning: Versioning): void => {
      buckets.set(bucket, versioning);
    },
    /** An object with the id of a new version, where its bucket keeps them. */
    named: (bucket: string, object: StoredObject): StoredObject =>
      buckets.has(bucket) ? { ...object, headers: { ...object.headers, [header]: randomUUID() } } : object,
    /** Keeps what is overwritten; false where its bucket does not. */
    kept: (bucket: string, before: StoredObject): boolean => {
      if (!buckets.has(bucket)) return false;
      add(bucket, idOf(before), before);
      return true;
    },
    /** Keeps what is deleted, and that it was; false where its bucket does not. */
    marked: (bucket: string, key: string, before: StoredObject | undefined): boolean => {
      if (!buckets.has(bucket)) return false;
      if (before) add(bucket, idOf(before), before);
      add(bucket, randomUUID(), { key, file: null, size: 0, etag: '', modified: Date.now(), headers: {} });
      return true;
    },
    /** Forgets a version that is not the object; answers the file that is free. */
    drop: (bucket: string, key: string, id: string): string | undefined => {
      const row = sql('SELECT file FROM version WHERE bucket = ? AND key = ? AND id = ?').get(bucket, key, id);
      sql('DELETE FROM version WHERE bucket = ? AND key = ? AND id = ?').run(bucket, key, id);
      return row && row.file !== null ? String(row.file) : undefined;
    },
    /** Where a key has no object, its newest version is one again, unless that is a marker. */
    revive: (bucket: string, key: string): void => {
      const row = newest(bucket, key);
      if (!row || row.file === null) return;
      const { file = '', size = 0, etag = '', modified = 0, headers = '' } = row;
      sql('INSERT INTO object VALUES (?, ?, ?, ?, ?, ?, ?)').run(bucket, key, file, size, etag, modified, headers);
      sql('DELETE FROM version WHERE bucket = ? AND key = ? AND id = ?').run(bucket, key, row.id ?? '');
    },
    isEmpty: (bucket: string): boolean =>
      sql('SELECT 1 FROM version WHERE bucket = ? LIMIT 1').get(bucket) === undefined,
    /** Versions by key, the newest of each first, behind `after`; at most `limit`. */
    list: (
      bucket: string,
      { prefix, after, limit }: { prefix: string; after: { key: string; id: string | undefined }; limit: number },
    ): Version[] => {
      const from = after.id === undefined ? 0 : placeOf(bucket, after.key, after.id);
      const rows = sql(`
        SELECT key, NULL AS id, file, size, etag, modified, headers, 9007199254740991 AS place FROM object
          WHERE bucket = $bucket AND key >= $prefix AND key < $end AND key > $after
        UNION ALL
        SELECT key, id, file, size, etag, modified, headers, place FROM version
          WHERE bucket = $bucket AND key >= $prefix AND key < $end AND (key > $after OR (key = $after AND place < $from))
        ORDER BY key, place DESC LIMIT $limit`).all({
        $bucket: bucket,
        $prefix: prefix,
        $end: afterAll(prefix),
        $after: after.key,
        $from: from,
        $limit: limit,
      } as never);
      return rows.map((row, at) => ({
        key: String(row.key),
        id: row.id === null ? idOf({ headers: JSON.parse(String(row.headers)) }) : String(row.id),
        isMarker: row.file === null,
        isLatest: row.key !== (rows[at - 1]?.key ?? after.key),
        size: Number(row.size),
        etag: String(row.etag),
        modified: Number(row.modified),
      }));
    },
    /** Forgets versions whose time is over, and markers with them; answers the files that are free. */
    expire: (now: number): string[] =>
      [...buckets].flatMap(([bucket, { days }]) => {
        if (!Number.isFinite(days)) return [];
        const until = now - days * dayMs;
        const old = sql('SELECT file FROM version WHERE bucket = ? AND since < ?').all(bucket, until);
        sql('DELETE FROM version WHERE bucket = ? AND since < ?').run(bucket, until);
        return old.flatMap(({ file }) => (file === null ? [] : [String(file)]));
      }),
  };

  /** Where a version stands among those of its key; the object stands before all. */
  function placeOf(bucket: string, key: string, id: string): number {
    const row = sql('SELECT place FROM version WHERE bucket = ? AND key = ? AND id = ?').get(bucket, key, id);
    return row ? Number(row.place) : Number.MAX_SAFE_INTEGER;
  }
}
