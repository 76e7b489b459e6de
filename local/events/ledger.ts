// What the event sources remember over a restart: how far each stream was read, when each schedule last fired.
import type { DatabaseSync } from 'node:sqlite';

const tables = `
  CREATE TABLE IF NOT EXISTS checkpoints (
    mapping TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL, PRIMARY KEY (mapping, shard)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS firings (rule TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`;

export class Ledger {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(tables);
  }

  /** Sequence number of the last record that is done with, or undefined. */
  checkpoint(mapping: string, shard: string): string | undefined {
    const row = this.#database.prepare('SELECT sequence FROM checkpoints WHERE mapping = ? AND shard = ?').get(mapping, shard);
    return row?.sequence as string | undefined;
  }

  advance(mapping: string, shard: string, sequence: string): void {
    this.#database
      .prepare('INSERT INTO checkpoints VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence')
      .run(mapping, shard, sequence);
  }

  /** Epoch milliseconds, or undefined for a rule that never fired. */
  fired(rule: string): number | undefined {
    return this.#database.prepare('SELECT at FROM firings WHERE rule = ?').get(rule)?.at as number | undefined;
  }

  fire(rule: string, at: number): void {
    this.#database.prepare('INSERT INTO firings VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at').run(rule, at);
  }
}
