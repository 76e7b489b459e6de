// What happens by itself: items at the end of their life go, stream records older than a day are trimmed, old tokens are forgotten.
import { TOKEN_LIFE } from './calls/token.ts';
import type { Store } from './store/index.ts';
import { rowsOf } from './store/names.ts';
import { rowOf } from './store/row.ts';
import type { StreamSettings, Table } from './store/table.ts';
import type { Item } from './value/value.ts';

/** Stream records are kept for 24 hours ("Change data capture for DynamoDB Streams"). */
const RETENTION = 24 * 3600_000;
/** For so long after a start nothing is trimmed: what was written before this machine was off, for days maybe, is read first. */
const CATCH_UP = 3600_000;
/** An end more than five years ago is taken for a mistake ("Using time to live (TTL) in DynamoDB"). Seconds. */
const FORGOTTEN = 5 * 365 * 86_400;
/** Items deleted in one transaction, and transactions in one round, so that requests do not wait long. */
const [AT_ONCE, IN_ROUND] = [100, 20];

/** Deletes items whose end has come; answers how many. The stream says that the service did it. */
const expire = ({ db, rows }: Store, table: Table, now: number): number => {
  if (table.settings.ttl === undefined) return 0;
  const seconds = Math.floor(now / 1000);
  const due = db.sql(
    `SELECT pk, sk, body FROM ${rowsOf(table.id)} WHERE expires IS NOT NULL AND expires < ? AND expires > ? LIMIT ${AT_ONCE}`,
  );
  return db.atomically(() => {
    const found = due.all(seconds, seconds - FORGOTTEN) as unknown as [string, string, string][];
    for (const [hash, range, body] of found)
      rows.write(table, { hash, range }, { before: rowOf(JSON.parse(body) as Item), after: undefined, expired: true });
    return found.length;
  });
};

const trimOne = (
  { db, recorder }: Store,
  table: Table,
  stream: StreamSettings,
  now: number,
): StreamSettings | undefined => {
  if (stream.closed !== undefined && stream.closed < now - RETENTION) return undefined;
  const trimmed = db.atomically(() => recorder.trim(table.id, stream, now - RETENTION));
  return trimmed === undefined ? stream : { ...stream, trimmed };
};

/** Trims streams; one that was turned off a day ago goes altogether. */
const trim = (store: Store, table: Table, now: number): void => {
  const before = table.settings.streams;
  store.db.atomically(() => {
    const streams = before.flatMap((stream) => trimOne(store, table, stream, now) ?? []);
    if (streams.some((stream, at) => stream !== before[at]) || streams.length < before.length)
      store.catalog.update(table, { ...table.settings, streams });
  });
};

/** One round over all tables. `began`: when the engine started, epoch ms. */
export const sweep = (store: Store, now: number, began: number): void => {
  for (const table of store.catalog.all()) {
    for (let turn = 0; turn < IN_ROUND && expire(store, table, now) === AT_ONCE; turn++);
    if (table.settings.streams.length > 0 && now - began >= CATCH_UP) trim(store, table, now);
  }
  store.db.sql('DELETE FROM token WHERE at < ?').run(now - TOKEN_LIFE);
};
