// The one file behind a pool. Secrets a caller holds (refresh tokens, codes of the hosted login, cookies) are kept as hashes.
import { createHash, randomBytes } from 'node:crypto';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

const schema = `
  CREATE TABLE IF NOT EXISTS user (
    sub TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, password TEXT, status TEXT NOT NULL, enabled INTEGER NOT NULL,
    attributes TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, last_failure INTEGER NOT NULL DEFAULT 0,
    password_expires INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS code (
    sub TEXT NOT NULL REFERENCES user(sub) ON DELETE CASCADE, purpose TEXT NOT NULL, code TEXT NOT NULL,
    expires INTEGER NOT NULL, tries INTEGER NOT NULL, sent TEXT NOT NULL, PRIMARY KEY (sub, purpose)) STRICT;
  CREATE TABLE IF NOT EXISTS refresh (
    hash TEXT PRIMARY KEY, origin TEXT NOT NULL UNIQUE, sub TEXT NOT NULL REFERENCES user(sub) ON DELETE CASCADE,
    client TEXT NOT NULL, scope TEXT NOT NULL, auth_time INTEGER NOT NULL, expires INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS refresh_of ON refresh (sub);
  CREATE TABLE IF NOT EXISTS renewal (
    hash TEXT PRIMARY KEY, origin TEXT NOT NULL REFERENCES refresh(origin) ON DELETE CASCADE, ends INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS renewal_of ON renewal (origin);
  CREATE TABLE IF NOT EXISTS second_factor (
    sub TEXT PRIMARY KEY REFERENCES user(sub) ON DELETE CASCADE, secret TEXT, name TEXT NOT NULL, enabled INTEGER NOT NULL,
    preferred INTEGER NOT NULL, pending TEXT, last_step INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS wanted_email (
    sub TEXT PRIMARY KEY REFERENCES user(sub) ON DELETE CASCADE, email TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS in_group (
    sub TEXT NOT NULL REFERENCES user(sub) ON DELETE CASCADE, name TEXT NOT NULL, PRIMARY KEY (sub, name)) STRICT;
  CREATE TABLE IF NOT EXISTS ticket (
    hash TEXT PRIMARY KEY, purpose TEXT NOT NULL, sub TEXT NOT NULL REFERENCES user(sub) ON DELETE CASCADE,
    detail TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS spent_code (
    hash TEXT PRIMARY KEY, origin TEXT NOT NULL UNIQUE, replayed INTEGER NOT NULL DEFAULT 0, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS key (kid TEXT PRIMARY KEY, jwk TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
`;

export type Row = Record<string, SQLOutputValue>;

export type Database = {
  all(sql: string, ...values: SQLInputValue[]): Row[];
  one(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Answers how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  atomically<T>(change: () => T): T;
  close(): void;
};

export const openDatabase = (file: string): Database => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  db.exec(schema);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    all: (sql, ...values) => statement(sql).all(...values),
    one: (sql, ...values) => statement(sql).get(...values),
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    atomically: (change) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = change();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
};

/** A secret for someone to hold, 256 bits, and the hash we keep. */
export const newSecret = (): { secret: string; hash: string } => {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashOf(secret) };
};

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
