// Stream records: one for each change of an item, in the order of the commits. One shard holds a stream.
import type { Database } from './database.ts';
import { keyOf } from './key.ts';
import { recordsOf } from './names.ts';
import type { Change } from './row.ts';
import type { StreamSettings, Table } from './table.ts';

/** A record as kept; images are the JSON of the items. */
export type StreamRecord = {
  readonly sequence: number;
  /** epoch ms */
  readonly at: number;
  readonly keys: string;
  readonly next: string | null;
  readonly old: string | null;
  readonly size: number;
  readonly name: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly expired: boolean;
};

export type EventNames = readonly string[];

export type Recorder = {
  record(table: Table, change: Change): void;
  /** Names of the tables whose streams have got records since the last call. */
  takeTouched(): string[];
  /** Records from a sequence number on, at most `limit`; of these names alone, where some are given. */
  read(id: number, stream: StreamSettings, from: number, limit: number, names?: EventNames): StreamRecord[];
  /** Sequence number that the next record will get. */
  next(id: number, stream: StreamSettings): number;
  /** Removes records older than `before` (epoch ms); answers the last sequence number removed, or undefined. */
  trim(id: number, stream: StreamSettings, before: number): number | undefined;
};

const views = {
  KEYS_ONLY: { next: false, old: false },
  NEW_IMAGE: { next: true, old: false },
  OLD_IMAGE: { next: false, old: true },
  NEW_AND_OLD_IMAGES: { next: true, old: true },
};

const recordFrom = (row: unknown): StreamRecord => {
  const [sequence, at, name, keys, next, old, size, expired] = row as [
    number,
    number,
    StreamRecord['name'],
    string,
    string | null,
    string | null,
    number,
    number,
  ];
  return { sequence, at, name, keys, next, old, size, expired: expired === 1 };
};

/** Most records removed by one call of `trim`. */
const TRIMMED_AT_ONCE = 5000;

export const openRecorder = (db: Database, now: () => number): Recorder => {
  const touched = new Set<string>();
  const nextOf = new Map<string, number>();
  const next = (id: number, stream: StreamSettings): number => {
    const records = recordsOf(id, stream);
    const known = nextOf.get(records);
    if (known !== undefined) return known;
    const [last] = db.sql(`SELECT max(sequence) FROM ${records}`).get() as unknown as [number | null];
    const found = Math.max(last ?? 0, stream.trimmed) + 1;
    nextOf.set(records, found);
    return found;
  };
  return {
    record: (table, { before, after, expired }) => {
      const { stream } = table;
      if (!stream) return;
      const view = views[stream.view];
      const records = recordsOf(table.id, stream);
      const sequence = next(table.id, stream);
      const name = before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT';
      const [image, old] = [view.next ? after : undefined, view.old ? before : undefined];
      const keys = JSON.stringify(keyOf((after ?? before)?.item ?? {}, table.keys));
      const size = keys.length + (image?.size ?? 0) + (old?.size ?? 0);
      db.sql(`INSERT INTO ${records} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`).run(
        sequence,
        now(),
        name,
        keys,
        image?.text ?? null,
        old?.text ?? null,
        size,
        expired ? 1 : 0,
      );
      // A transaction that is taken back leaves a gap, as gaps there are on AWS.
      nextOf.set(records, sequence + 1);
      touched.add(table.name);
    },
    takeTouched: () => {
      const names = [...touched];
      touched.clear();
      return names;
    },
    read: (id, stream, from, limit, names) => {
      const which = names ? 'AND name IN (SELECT value FROM json_each(?))' : '';
      const values = names ? [from, JSON.stringify(names), limit] : [from, limit];
      return db
        .sql(`SELECT * FROM ${recordsOf(id, stream)} WHERE sequence >= ? ${which} ORDER BY sequence LIMIT ?`)
        .all(...values)
        .map(recordFrom);
    },
    next,
    trim: (id, stream, before) => {
      const records = recordsOf(id, stream);
      const first = db.sql(`SELECT at FROM ${records} ORDER BY sequence LIMIT 1`).get() as unknown as
        | [number]
        | undefined;
      // Records come in the order of time: when the first one may stay, all may.
      if (!first || first[0] >= before) return undefined;
      const old = `SELECT sequence FROM ${records} WHERE at < ? ORDER BY sequence LIMIT ${TRIMMED_AT_ONCE}`;
      const [last] = db.sql(`SELECT max(sequence) FROM (${old})`).get(before) as unknown as [number];
      db.sql(`DELETE FROM ${records} WHERE sequence <= ?`).run(last);
      return last;
    },
  };
};
