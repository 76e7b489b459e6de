// The services that hold data: DynamoDB in its thread, S3 and SQS, with the tables, buckets and queues of the plan.
import { type Clients, makeClients } from '../clients.ts';
import type { Bell } from '../events/bell.ts';
import type { Callers } from '../iam/callers.ts';
import type { Storage } from '../storage/index.ts';
import { makeTables } from '../tables.ts';
import type { Plan } from '../template/plan.ts';
import type { TablePlan } from '../template/table.ts';
import { type Dynamo, serveDynamo } from './dynamo/index.ts';
import { serveStorage } from './storage.ts';

export type Data = {
  readonly storage: Storage;
  readonly clients: Clients;
  /** Body of a GetRecords. */
  readonly records: Dynamo['records'];
  /** AWS_ENDPOINT_URL_… of functions. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

const without: Dynamo = {
  url: 'http://127.0.0.1:0',
  records: () => Promise.reject(new Error('there is no table')),
  stop: async () => {},
};

export type DataWorld = {
  readonly callers: Callers;
  /** Folder. */
  readonly state: string;
  readonly ports: { readonly storage: number; readonly dynamo: number };
  readonly seed: Uint8Array;
  readonly bell: Bell;
  /** Told of a table right before it is made. */
  readonly anew: (plan: TablePlan) => void;
  readonly fault: (error: unknown) => void;
};

/** Throws PORT_TAKEN, STATE_CORRUPT, STATE_UNWRITABLE or DISK_FULL; nothing is left running then. */
export async function startData(plan: Plan, world: DataWorld): Promise<Data> {
  const { callers, state, ports, seed, bell, anew, fault } = world;
  const dynamoWorld = { state, port: ports.dynamo, seed, written: bell.ring, fault };
  const [dynamo, storage] = await both(
    // The engine takes a thread and some tens of megabytes: only an assembly with tables gets one.
    plan.tables.length > 0 ? serveDynamo(plan, dynamoWorld) : Promise.resolve(without),
    serveStorage(plan, callers, state, ports.storage),
  );
  const clients = makeClients(callers, { dynamo: dynamo.url, storage: storage.url });
  const stop = async (): Promise<void> => {
    clients.stop();
    await Promise.all([dynamo.stop(), storage.stop()]);
  };
  try {
    await makeTables(clients.tables, plan.tables, anew);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    storage,
    clients,
    records: dynamo.records,
    endpoints: {
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamo.url,
      AWS_ENDPOINT_URL_S3: storage.url,
      AWS_ENDPOINT_URL_SQS: storage.url,
    },
    stop,
  };
}

/** Both, or neither: when one fails the other is stopped. */
async function both(first: Promise<Dynamo>, second: Promise<Storage>): Promise<[Dynamo, Storage]> {
  const outcomes = await Promise.allSettled([first, second] as const);
  const [dynamo, storage] = outcomes;
  if (dynamo.status === 'fulfilled' && storage.status === 'fulfilled') return [dynamo.value, storage.value];
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.stop();
  throw outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))[0];
}
