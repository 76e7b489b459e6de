// Secrets and their versions, sealed in the state folder. A version keeps its value; its stages move.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { EncryptionContext } from '../kms/context.ts';
import type { Ring } from '../kms/ring.ts';
import type { KeyPlan } from '../template/key.ts';
import type { SecretPlan } from '../template/secret.ts';

/** Text, or bytes in base64: which of the two a version is does not change. */
export type SecretValue = { readonly SecretString: string } | { readonly SecretBinary: string };

export type Version = {
  readonly id: string;
  readonly stages: readonly string[];
  /** epoch milliseconds */
  readonly created: number;
};

export type Store = {
  /** Newest first; a version without a stage is kept, and not listed. */
  readonly versions: (secret: SecretPlan) => readonly Version[];
  readonly valueOf: (secret: SecretPlan, version: string) => SecretValue;
  /** Adds a version and gives it the stages, which others lose; whoever loses AWSCURRENT becomes AWSPREVIOUS. */
  readonly put: (secret: SecretPlan, version: { id: string; stages: readonly string[] }, value: SecretValue) => void;
  readonly keyOf: (secret: SecretPlan) => KeyPlan;
};

/** To what Secrets Manager binds each value. Source: Secrets Manager User Guide, "Encryption context". */
export const contextOf = ({ arn }: SecretPlan, version: string): EncryptionContext => ({
  SecretARN: arn,
  SecretVersionId: version,
});

const tables = `
  CREATE TABLE IF NOT EXISTS version (secret TEXT, id TEXT, stages TEXT, sealed BLOB, created INTEGER, PRIMARY KEY (secret, id));
  CREATE TABLE IF NOT EXISTS templated (secret TEXT PRIMARY KEY, version TEXT)`;

const moved = (stages: readonly string[], taken: readonly string[]): string[] => {
  const kept = stages.filter((stage) => !taken.includes(stage));
  if (!taken.includes('AWSCURRENT')) return kept;
  const others = kept.filter((stage) => stage !== 'AWSPREVIOUS');
  return stages.includes('AWSCURRENT') ? [...others, 'AWSPREVIOUS'] : others;
};

/** `usual` is the key of secrets that name none. */
export function openStore(database: DatabaseSync, ring: Ring, usual: KeyPlan): Store {
  database.exec(tables);
  const all = database.prepare(
    'SELECT id, stages, created FROM version WHERE secret = ? ORDER BY created DESC, rowid DESC',
  );
  const sealedOf = database.prepare('SELECT sealed FROM version WHERE secret = ? AND id = ?');
  const insert = database.prepare('INSERT INTO version (secret, id, stages, sealed, created) VALUES (?, ?, ?, ?, ?)');
  const restage = database.prepare('UPDATE version SET stages = ? WHERE secret = ? AND id = ?');
  const keyOf = ({ key }: SecretPlan): KeyPlan => (key === undefined ? usual : ring.find(key).key);
  const every = ({ arn }: SecretPlan): Version[] =>
    all.all(arn).map(({ id, stages, created }) => ({
      id: String(id),
      stages: JSON.parse(String(stages)) as string[],
      created: Number(created),
    }));
  return {
    keyOf,
    versions: (secret) => every(secret).filter(({ stages }) => stages.length > 0),
    valueOf: (secret, version) => {
      const sealed = sealedOf.get(secret.arn, version)?.sealed as Uint8Array;
      return JSON.parse(ring.open(sealed, contextOf(secret, version)).toString('utf8')) as SecretValue;
    },
    put: (secret, { id, stages }, value) => {
      const sealed = ring.seal(keyOf(secret), Buffer.from(JSON.stringify(value)), contextOf(secret, id));
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const version of every(secret))
          restage.run(JSON.stringify(moved(version.stages, stages)), secret.arn, version.id);
        insert.run(secret.arn, id, JSON.stringify(stages), sealed, Date.now());
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** Puts in what templates say: once, and again when a template says something else than it did. */
export function putTemplated(database: DatabaseSync, store: Store, secrets: readonly SecretPlan[]): void {
  const find = database.prepare('SELECT version FROM templated WHERE secret = ?');
  const note = database.prepare('INSERT OR REPLACE INTO templated (secret, version) VALUES (?, ?)');
  for (const secret of secrets) {
    if (secret.value === undefined) continue;
    const last = find.get(secret.arn)?.version;
    const said = last === undefined ? undefined : store.valueOf(secret, String(last));
    if (said && 'SecretString' in said && said.SecretString === secret.value) continue;
    const id = randomUUID();
    store.put(secret, { id, stages: ['AWSCURRENT'] }, { SecretString: secret.value });
    note.run(secret.arn, id);
  }
}
