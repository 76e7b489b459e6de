// Scriptloom's own DynamoDB: the wire protocol of the service over one SQLite file, on 127.0.0.1.
import { createServer } from 'node:http';
import { listen } from '../listen.ts';
import { readRecords } from './calls/get-records.ts';
import { dynamoDoor } from './door.ts';
import type { Gate } from './gate.ts';
import { openStore } from './store/index.ts';
import { sweep } from './sweeper.ts';

export type { AccessCall } from './gate.ts';

export type DynamoOptions = Gate & {
  /** SQLite file; `:memory:` (the default) keeps nothing. */
  readonly file?: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Told the tables whose streams got records, after each commit. */
  readonly onWrite?: (tables: readonly string[]) => void;
  /** Clock of item lives, tokens and streams, epoch ms; signatures always go by the machine's. */
  readonly now?: () => number;
  /** Milliseconds between two rounds of the sweeper; 1,000 by default. */
  readonly sweepEvery?: number;
};

export type Dynamo = {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  /** Does at once what the sweeper does by itself: expired items, old records, old tokens. */
  sweep(): void;
  /** Body of GetRecords, for whoever follows a stream from inside the cloud; see `readRecords`. Throws DynamoFailure. */
  records(iterator: string, limit: number, names?: readonly string[]): string;
  stop(): Promise<void>;
};

/**
 * Starts the engine in this thread; requests are served one after the other.
 * Throws Refusal PORT_TAKEN, STATE_IN_USE, STATE_CORRUPT, STATE_UNWRITABLE or DISK_FULL.
 */
export const startDynamo = async (options: DynamoOptions = {}): Promise<Dynamo> => {
  const { file = ':memory:', now = Date.now, onWrite, sweepEvery = 1000 } = options;
  const store = openStore(file, now);
  const began = now();
  const world = { store, now };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 });
  server.on('request', dynamoDoor({ world, gate: options, file, ...(onWrite && { onWrite }) }));
  const listening = await listen(server, options.port ?? 0, 'DynamoDB').catch((error: unknown) => {
    store.db.close();
    throw error;
  });
  const sweepNow = (): void => {
    sweep(store, now(), began);
    const tables = store.recorder.takeTouched();
    if (tables.length > 0) onWrite?.(tables);
  };
  const timer = setInterval(() => {
    try {
      sweepNow();
    } catch (error) {
      // A full disk must not end the engine; the next round tries again.
      process.stderr.write(`dynamodb: sweeping failed (${(error as Error).message})\n`);
    }
  }, sweepEvery);
  timer.unref();
  return {
    url: listening.url,
    port: listening.port,
    sweep: sweepNow,
    records: (iterator, limit, names) => readRecords(iterator, limit, world, names),
    stop: async () => {
      clearInterval(timer);
      await listening.stop();
      store.db.close();
    },
  };
};
