// DynamoDB for the cloud: the thread that runs the engine, seen from the main one.
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode } from '../../refusal.ts';
import type { Plan } from '../../template/plan.ts';
import type { DynamoMessage, DynamoOrder, DynamoSetup } from './message.ts';

export type Dynamo = {
  readonly url: string;
  /** Body of a GetRecords, past the door: Lambda's own reading of streams. Never settles once the thread has ended. */
  readonly records: (iterator: string, limit: number, names?: readonly string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
};

export type DynamoWorld = {
  readonly state: string;
  readonly port: number;
  /** Seed of the access keys of this boot. */
  readonly seed: Uint8Array;
  /** Something was written to a table. */
  readonly written: () => void;
  /** The thread ended by itself. */
  readonly fault: (error: unknown) => void;
};

const ready = (worker: Worker): Promise<string> =>
  new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message: DynamoMessage) => {
      if (message.kind === 'ready') resolve(message.url);
      if (message.kind === 'failed') reject(failure(message));
    });
  });

const failure = ({ code, message }: { code: string | undefined; message: string }): Error => {
  const refusals: readonly (string | undefined)[] = ['PORT_TAKEN', 'DISK_FULL', 'STATE_CORRUPT', 'STATE_UNWRITABLE'];
  return refusals.includes(code) ? new Refusal(code as RefusalCode, message) : new Error(message);
};

function taken<T>(map: Map<number, T>, id: number): T | undefined {
  const found = map.get(id);
  map.delete(id);
  return found;
}

/** Starts the engine. Throws PORT_TAKEN, STATE_CORRUPT, STATE_UNWRITABLE or DISK_FULL. */
export async function serveDynamo(plan: Plan, { state, port, seed, written, fault }: DynamoWorld): Promise<Dynamo> {
  const { functions, roles } = plan;
  const setup: DynamoSetup = { file: join(state, 'dynamodb.sqlite'), port, functions, roles, seed };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: setup, execArgv: [] });
  const url = await ready(worker).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  worker.on('error', fault);
  const order = (message: DynamoOrder): void => worker.postMessage(message);
  const asked = new Map<number, PromiseWithResolvers<string>>();
  worker.on('message', (message: DynamoMessage) => {
    if (message.kind === 'written') written();
    if (message.kind === 'records') taken(asked, message.id)?.resolve(message.body);
    if (message.kind === 'no records') {
      const { id, name } = message;
      taken(asked, id)?.reject(Object.assign(new Error(message.message), { name }));
    }
  });
  let asks = 0;
  return {
    url,
    records: (iterator, limit, names) => {
      const id = ++asks;
      const waiting = Promise.withResolvers<string>();
      asked.set(id, waiting);
      order({ kind: 'records', id, iterator, limit, names });
      return waiting.promise;
    },
    stop: async () => {
      order({ kind: 'stop' });
      await once(worker, 'exit');
    },
  };
}
