// Executions on disk: what was started, how it stands, what happened in it. Survives kill -9.
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent, Reached } from './host.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export type Execution = {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly status: Status;
  /** JSON text. */
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Epoch milliseconds. */
  readonly started: number;
  readonly stopped: number | null;
};

export type Ending = {
  readonly status: Exclude<Status, 'RUNNING'>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly stopped: number;
};

export type StoredEvent = Omit<HistoryEvent, 'detail'> & {
  readonly id: number;
  readonly at: number;
  readonly detail: string;
};

const tables = `
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL,
    output TEXT, error TEXT, cause TEXT, started INTEGER NOT NULL, stopped INTEGER, announced INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS by_machine ON executions (machine, started DESC);
  CREATE INDEX IF NOT EXISTS unfinished ON executions (announced) WHERE announced = 0;
  CREATE TABLE IF NOT EXISTS events (
    arn TEXT NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL,
    state_type TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (arn, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS progress (
    arn TEXT NOT NULL, flow TEXT NOT NULL, steps INTEGER NOT NULL, next TEXT, data TEXT NOT NULL, PRIMARY KEY (arn, flow)
  ) STRICT, WITHOUT ROWID;
`;

const columns = 'arn, machine, name, input, status, output, error, cause, started, stopped';

/** Names are free again after 90 days, as on AWS. */
const keptMilliseconds = 90 * 86_400_000;

export class Journal {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, now: number) {
    this.#database = database;
    database.exec(tables);
    const old = now - keptMilliseconds;
    database
      .prepare('DELETE FROM events WHERE arn IN (SELECT arn FROM executions WHERE announced = 1 AND stopped < ?)')
      .run(old);
    database.prepare('DELETE FROM executions WHERE announced = 1 AND stopped < ?').run(old);
  }

  find(arn: string): Execution | undefined {
    return this.#database.prepare(`SELECT ${columns} FROM executions WHERE arn = ?`).get(arn) as Execution | undefined;
  }

  /** Newest first. */
  list(machine: string, status: string | undefined, offset: number, limit: number): Execution[] {
    const rows = this.#database
      .prepare(
        `SELECT ${columns} FROM executions WHERE machine = ? AND (? IS NULL OR status = ?) ORDER BY started DESC, arn LIMIT ? OFFSET ?`,
      )
      .all(machine, status ?? null, status ?? null, limit, offset);
    return rows as unknown as Execution[];
  }

  start({
    arn,
    machine,
    name,
    input,
    started,
  }: Pick<Execution, 'arn' | 'machine' | 'name' | 'input' | 'started'>): void {
    this.#database
      .prepare("INSERT INTO executions (arn, machine, name, input, status, started) VALUES (?, ?, ?, ?, 'RUNNING', ?)")
      .run(arn, machine, name, input, started);
  }

  end(arn: string, { status, output, error, cause, stopped }: Ending): void {
    this.#database
      .prepare(
        "UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ? WHERE arn = ? AND status = 'RUNNING'",
      )
      .run(status, output ?? null, error ?? null, cause ?? null, stopped, arn);
    this.#database.prepare('DELETE FROM progress WHERE arn = ?').run(arn);
  }

  /** Marks that everybody who asked for it heard of the end. */
  announced(arn: string): void {
    this.#database.prepare('UPDATE executions SET announced = 1 WHERE arn = ?').run(arn);
  }

  /** Executions that still run, and ended ones whose end was not yet announced. */
  unfinished(): Execution[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM executions WHERE announced = 0 ORDER BY started`)
      .all() as unknown as Execution[];
  }

  record(arn: string, { id, at, type, state, stateType, detail }: StoredEvent): void {
    this.#database
      .prepare('INSERT INTO events (arn, id, at, type, state, state_type, detail) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(arn, id, at, type, state, stateType, detail);
  }

  /** One transaction: what left a state is never asked to leave it again. */
  leave(arn: string, event: StoredEvent, flow: string, reached: Reached): void {
    this.#database.exec('BEGIN');
    try {
      this.record(arn, event);
      this.#database
        .prepare('INSERT OR REPLACE INTO progress (arn, flow, steps, next, data) VALUES (?, ?, ?, ?, ?)')
        .run(arn, flow, reached.steps, reached.next ?? null, JSON.stringify(reached.data) ?? 'null');
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  reached(arn: string, flow: string): Reached | undefined {
    const row = this.#database
      .prepare('SELECT steps, next, data FROM progress WHERE arn = ? AND flow = ?')
      .get(arn, flow);
    return (
      row && {
        steps: Number(row.steps),
        next: (row.next as string | null) ?? undefined,
        data: JSON.parse(String(row.data)),
      }
    );
  }

  /** Events so far; their ids count from 1. */
  count(arn: string): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM events WHERE arn = ?').get(arn)?.n);
  }

  events(arn: string): StoredEvent[] {
    const rows = this.#database
      .prepare('SELECT id, at, type, state, state_type AS stateType, detail FROM events WHERE arn = ? ORDER BY id')
      .all(arn);
    return rows as unknown as StoredEvent[];
  }
}
