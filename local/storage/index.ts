// S3 and SQS of the local cloud, on one port of the loopback.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { explain } from '../fault.ts';
import { listen } from '../listen.ts';
import { Refusal } from '../refusal.ts';
import type { SecretOf } from '../signature/index.ts';
import { account, region } from '../template/identity.ts';
import { openBlobs } from './s3/blobs.ts';
import type { CorsRule } from './s3/cors.ts';
import { type Gate, s3Door } from './s3/door.ts';
import { openLedger } from './s3/ledger.ts';
import { checkBucketName } from './s3/operations/buckets.ts';
import type { Versioning } from './s3/versions.ts';
import { sqsDoor } from './sqs/door.ts';
import { openQueues } from './sqs/queues.ts';

export type { CorsRule } from './s3/cors.ts';

export type StorageOptions = {
  /** Where objects and messages are kept; made when it is not there. */
  directory: string;
  /** A free one is taken when absent. */
  port?: number;
  /** The secret of an access key, with its token where it is a session's; undefined when nobody has that key. */
  secretOf: SecretOf;
  /** Why a call is refused; undefined when it is allowed. Absent: every known key may do everything. */
  authorize?: Gate['authorize'];
  /** The cross-origin rules of a bucket, as in the template. */
  corsOf?: (bucket: string) => CorsRule[];
};

export type Storage = {
  /** http://127.0.0.1:port */
  url: string;
  port: number;
  queueUrl: (name: string) => string;
  /** Makes a bucket; one that is there stays as it is. `versioning`: what is overwritten or deleted is kept, for so many days. */
  createBucket(name: string, versioning?: Versioning): Promise<void>;
  /** Makes a queue, or sets the attributes (all text, as in SQS) of the one that is there. */
  createQueue(name: string, attributes: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
};

/** How often old versions are looked through. */
const agingMs = 3_600_000;

const openFolder = (directory: string) => {
  try {
    mkdirSync(directory, { recursive: true });
    const ledger = openLedger(join(directory, 's3.sqlite'));
    const blobs = openBlobs(join(directory, 'objects'));
    blobs.sweep(ledger.files());
    return { ledger, blobs };
  } catch (error) {
    const known = explain(error, directory);
    if (known && known.code !== 'STATE_CORRUPT') throw known;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      'STATE_CORRUPT',
      `The objects kept in ${directory} cannot be read (${reason}). Move that folder away to start empty.`,
      { cause: error },
    );
  }
};

/** Forgets versions whose time is over. A full disk must not end the cloud; the next round tries again. */
const age = async ({ ledger, blobs }: ReturnType<typeof openFolder>): Promise<void> => {
  try {
    await blobs.remove(ledger.expireVersions(Date.now()));
  } catch (error) {
    process.stderr.write(`s3: forgetting old versions failed (${(error as Error).message})\n`);
  }
};

const serve = async (options: StorageOptions, shelf: ReturnType<typeof openFolder>): Promise<Storage> => {
  const gate: Gate = { secretOf: options.secretOf, authorize: options.authorize, corsOf: options.corsOf };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 });
  const listening = await listen(server, options.port ?? 0, 'S3 and SQS');
  const { url, port } = listening;
  const urlOf = (name: string): string => `${url}/${account}/${name}`;
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
  const queues = await openQueues(join(options.directory, 'queues'), { urlOf, arnOf, region });
  const [s3, sqs] = [s3Door(gate, shelf), sqsDoor(gate, { queues, arnOf })];
  server.on('request', (request, response) => {
    const json = request.headers['content-type'] === 'application/x-amz-json-1.0';
    void (json && request.method === 'POST' ? sqs : s3)(request, response);
  });
  const aging = setInterval(() => void age(shelf), agingMs).unref();
  return {
    url,
    port,
    queueUrl: urlOf,
    createBucket: async (name, versioning) => {
      checkBucketName(name);
      shelf.ledger.addBucket(name, Date.now(), versioning);
    },
    createQueue: async (name, attributes) => queues.create(name, attributes),
    stop: async () => {
      clearInterval(aging);
      await listening.stop();
      await queues.close();
      shelf.ledger.close();
    },
  };
};

/** Starts S3 and SQS on 127.0.0.1. Throws Refusal PORT_TAKEN or STATE_CORRUPT, and then holds nothing open. */
export const startStorage = async (options: StorageOptions): Promise<Storage> => {
  const shelf = openFolder(options.directory);
  return serve(options, shelf).catch((error: unknown) => {
    shelf.ledger.close();
    throw error;
  });
};
