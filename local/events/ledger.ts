// What the event sources remember over a restart: how far each stream was read, which tick each schedule is at.
import type { DatabaseSync } from 'node:sqlite';

const tables = `
  CREATE TABLE IF NOT EXISTS checkpoints (
    mapping TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL, PRIMARY KEY (mapping, shard)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS ticks (rule TEXT PRIMARY KEY, at INTEGER NOT NULL, done INTEGER NOT NULL) STRICT;
`;

const prepare = (database: DatabaseSync) => ({
  checkpoint: database.prepare('SELECT sequence FROM checkpoints WHERE mapping = ? AND shard = ?'),
  advance: database.prepare(
    'INSERT INTO checkpoints VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence',
  ),
  forget: database.prepare('DELETE FROM checkpoints WHERE mapping = ?'),
  tick: database.prepare('SELECT at, done FROM ticks WHERE rule = ?'),
  note: database.prepare(
    'INSERT INTO ticks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, done = excluded.done',
  ),
});

export class Ledger {
  readonly #prepared: ReturnType<typeof prepare>;

  constructor(database: DatabaseSync) {
    database.exec(tables);
    this.#prepared = prepare(database);
  }

  /** Sequence number of the last record that is done with, or undefined. */
  checkpoint(mapping: string, shard: string): string | undefined {
    const row = this.#prepared.checkpoint.get(mapping, shard);
    return row?.sequence as string | undefined;
  }

  advance(mapping: string, shard: string, sequence: string): void {
    this.#prepared.advance.run(mapping, shard, sequence);
  }

  /** The mapping's stream is another: it is read from its start. Answers whether there was a place to forget. */
  forget(mapping: string): boolean {
    return Number(this.#prepared.forget.run(mapping).changes) > 0;
  }

  /** The rule's last tick, epoch milliseconds, and whether everybody had it; undefined for a rule that never ticked. */
  tick(rule: string): { readonly at: number; readonly done: boolean } | undefined {
    const row = this.#prepared.tick.get(rule);
    return row && { at: Number(row.at), done: row.done === 1 };
  }

  /** A tick is about to be handed over. */
  begin(rule: string, at: number): void {
    this.#note(rule, at, 0);
  }

  /** Everybody had the tick. */
  settle(rule: string, at: number): void {
    this.#note(rule, at, 1);
  }

  #note(rule: string, at: number, done: 0 | 1): void {
    this.#prepared.note.run(rule, at, done);
  }
}
