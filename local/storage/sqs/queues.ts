// The queues: fauxqs 2.4.1 with its SQLite persistence, on no port of its own. Its stores are not in its `exports`, so
// they are loaded by file URL; package.json pins the version.
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildApp } from 'fauxqs';

type Queue = {
  name: string;
  attributes: Record<string, string>;
  persistence?: object;
  dequeue(...args: unknown[]): unknown[];
  changeVisibility(receiptHandle: string, seconds: number): void;
  setAttributes(attributes: Record<string, string>): void;
};
type QueueStore = {
  host: string;
  region: string;
  persistence?: object;
  createQueue(name: string, url: string, arn: string, attributes?: Record<string, string>): Queue;
  getQueueByName(name: string): Queue | undefined;
  allQueues(): Iterable<Queue>;
};
type Persistence = {
  db: DatabaseSync;
  loadSqsAndSns(queues: object, topics: object): void;
  updateMessageReady(messageId: string): void;
  close(): void;
};

const dist = dirname(fileURLToPath(import.meta.resolve('fauxqs')));
const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(dist, file)).href)) as T;

/**
 * fauxqs moves a message to the dead-letter queue by a delete and an insert, each its own transaction, and writes each
 * received message alone. One transaction around the whole receive: a kill in between loses no message.
 */
const receiveAtomically = (queue: Queue, db: DatabaseSync): void => {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...args) => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const messages = dequeue(...args);
      db.exec('COMMIT');
      return messages;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
};

/** fauxqs writes NULL over the receive count when a message is given back at once (visibility 0), which its table refuses. */
const giveBackAtOnce = (persistence: Persistence): void => {
  const statement = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    statement.run(messageId);
  };
};

export type Queues = Awaited<ReturnType<typeof openQueues>>;

/** Opens the queues kept in `directory`. `urlOf` and `arnOf` name a queue outside. */
export const openQueues = async (
  directory: string,
  names: { urlOf(name: string): string; arnOf(name: string): string; region: string },
) => {
  const { SqsStore } = await load<{ SqsStore: new () => QueueStore }>('sqs/sqsStore.js');
  const { SnsStore } = await load<{ SnsStore: new () => object }>('sns/snsStore.js');
  const { S3Store } = await load<{ S3Store: new () => object }>('s3/s3Store.js');
  const { PersistenceManager } = await load<{ PersistenceManager: new (directory: string) => Persistence }>(
    'persistence.js',
  );
  const persistence = new PersistenceManager(directory);
  giveBackAtOnce(persistence);
  const [store, topics] = [new SqsStore(), new SnsStore()];
  store.region = names.region;
  persistence.db.prepare('UPDATE sqs_queues SET url = ? || name').run(names.urlOf(''));
  persistence.loadSqsAndSns(store, topics);
  store.persistence = persistence;
  for (const queue of store.allQueues()) {
    queue.persistence = persistence;
    receiveAtomically(queue, persistence.db);
  }
  // The three stores belong to fauxqs; its own types of them are not exported.
  const stores = { sqsStore: store, snsStore: topics, s3Store: new S3Store() } as unknown as NonNullable<
    NonNullable<Parameters<typeof buildApp>[0]>['stores']
  >;
  const app = buildApp({ logger: false, defaultRegion: names.region, stores });
  await app.ready();

  return {
    /** Makes a queue, or sets the attributes of the one that is there; its messages stay. */
    create: (name: string, attributes: Record<string, string>): void => {
      const existing = store.getQueueByName(name);
      if (existing) existing.setAttributes(attributes);
      else receiveAtomically(store.createQueue(name, names.urlOf(name), names.arnOf(name), attributes), persistence.db);
    },
    has: (name: string): boolean => store.getQueueByName(name) !== undefined,
    /** Makes a received message visible again at once. */
    giveBack: (name: string, receiptHandle: string): void =>
      store.getQueueByName(name)?.changeVisibility(receiptHandle, 0),
    /** Runs one call of the SQS JSON protocol. */
    call: async (
      target: string,
      body: string,
    ): Promise<{ status: number; headers: Record<string, string>; body: string }> => {
      const answer = await app.inject({
        method: 'POST',
        url: '/',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
        payload: body,
      });
      const queryError = answer.headers['x-amzn-query-error'];
      return {
        status: answer.statusCode,
        headers: typeof queryError === 'string' ? { 'x-amzn-query-error': queryError } : {},
        body: answer.body,
      };
    },
    close: async (): Promise<void> => {
      await app.close();
      persistence.close();
    },
  };
};
