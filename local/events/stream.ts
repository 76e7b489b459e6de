// A table stream that feeds a function: reads in order from the checkpoint, moves the checkpoint past what is done with.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { Answer } from '../lambda/instance.ts';
import type { MappingPlan } from '../template/mapping.ts';
import { type BatchWorld, type StreamOutcome, settle } from './batch.ts';
import type { Ledger } from './ledger.ts';
import { takes, textsOf } from './pattern.ts';

export type StreamOptions = {
  readonly plan: MappingPlan;
  readonly client: DynamoDBStreamsClient;
  /** Body of a GetRecords, read as it comes: most records are passed over, and a client would make objects of all. */
  readonly records: (iterator: string, limit: number, names?: readonly string[]) => Promise<string>;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  readonly invoke: (event: unknown) => Promise<Answer>;
  /** Takes a notice of records that were given up. */
  readonly sendToQueue: (queueArn: string, body: unknown) => Promise<void>;
  /** Settles when something was written to the table, or after a second: whichever comes first. */
  readonly woken: () => Promise<void>;
  readonly log: (line: string) => void;
};

type LambdaRecord = {
  readonly dynamodb: { readonly SequenceNumber: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
};

/** Longest pause between attempts, milliseconds; they double from 100. */
const longestPause = 10_000;

/** Least milliseconds between two reads of a shard, so that many small writes are one batch; Lambda itself reads four times a second. */
const readEvery = 40;

/** The same while a window is open, as Lambda does: nobody waits for what is read. */
const readInWindow = 250;

/** Records of one read at most. Source: DynamoDB Streams API, GetRecords. */
const mostRecords = 1000;

type Body = { readonly Records: readonly Wire[]; readonly NextShardIterator?: string };
type Wire = LambdaRecord & { readonly userIdentity?: { readonly Type: string; readonly PrincipalId: string } };

/** As Lambda hands it over: the record of the wire, who deleted in Lambda's spelling. */
const lambdaRecord = ({ userIdentity: by, ...record }: Wire): LambdaRecord => ({
  ...record,
  ...(by && { userIdentity: { type: by.Type, principalId: by.PrincipalId } }),
});

/** Records to hand over, what was read last, and where to read on. */
type Gathered = {
  readonly wanted: readonly LambdaRecord[];
  readonly last: LambdaRecord | undefined;
  readonly next: string | undefined;
};

const sequenceOf = (record: LambdaRecord): string => record.dynamodb.SequenceNumber;

/** First record that failed: by the function's own report where the mapping asks for one, else all of them. */
const outcomeOf = (answer: Answer, records: readonly LambdaRecord[], reports: boolean): StreamOutcome => {
  if (!answer.ok) return { done: false, failedAt: 0 };
  if (!reports) return { done: true };
  const result = JSON.parse(answer.payload) as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
  const failures = result?.batchItemFailures ?? [];
  if (failures.length === 0) return { done: true };
  const places = failures.map(({ itemIdentifier }) =>
    records.findIndex((record) => sequenceOf(record) === itemIdentifier),
  );
  // An identifier that names no record of the batch fails the whole batch, as on AWS.
  return { done: false, failedAt: Math.max(0, Math.min(...places)) };
};

class StreamReader {
  readonly #options: StreamOptions;
  readonly #shard: string;
  /** What the changes are of that a filter takes; others are not read at all. */
  readonly #names: readonly string[] | undefined;

  constructor(options: StreamOptions, shard: string) {
    this.#options = options;
    this.#shard = shard;
    this.#names = textsOf(options.plan.filters, 'eventName');
  }

  /** Reads until the shard is closed or the cloud stops. */
  async run(): Promise<void> {
    let iterator = await this.#iterator();
    while (iterator && !this.#options.signal.aborted) {
      const { wanted, last, next } = await this.#gather(iterator);
      if (last) {
        await this.#work(wanted, last);
        await sleep(readEvery, undefined, { signal: this.#options.signal });
      } else await this.#options.woken();
      iterator = next;
    }
  }

  /** What is read at once; where the mapping has a window, also what comes within it after the first record that is wanted. */
  async #gather(iterator: string): Promise<Gathered> {
    const { plan, signal } = this.#options;
    const wanted: LambdaRecord[] = [];
    let [last, until]: [LambdaRecord | undefined, number | undefined] = [undefined, undefined];
    for (let next = iterator; ; ) {
      const { Records, NextShardIterator } = await this.#read(next);
      const records = Records.map(lambdaRecord);
      last = records.at(-1) ?? last;
      wanted.push(...records.filter((record) => this.#wants(record)));
      if (wanted.length > 0) until ??= performance.now() + plan.window * 1000;
      const rest = (until ?? 0) - performance.now();
      if (rest <= 0 || wanted.length >= plan.batchSize || !NextShardIterator)
        return { wanted, last, next: NextShardIterator };
      await sleep(Math.min(readInWindow, rest), undefined, { signal });
      next = NextShardIterator;
    }
  }

  /** Rejects when the cloud stops meanwhile. */
  async #read(iterator: string): Promise<Body> {
    const { records, signal } = this.#options;
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return JSON.parse(await Promise.race([records(iterator, mostRecords, this.#names), promise])) as Body;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #iterator(): Promise<string | undefined> {
    const { client, plan, ledger, signal } = this.#options;
    const place = { StreamArn: plan.source, ShardId: this.#shard };
    const sequence = ledger.checkpoint(plan.id, this.#shard);
    const open = async (how: object) =>
      (
        await client.send(new GetShardIteratorCommand({ ...place, ShardIteratorType: plan.start, ...how }), {
          abortSignal: signal,
        })
      ).ShardIterator;
    if (!sequence) return open({});
    try {
      return await open({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence });
    } catch (error) {
      if ((error as Error).name !== 'TrimmedDataAccessException') throw error;
      // Records older than a day are gone from every stream; the next one is the oldest there is.
      return open({ ShardIteratorType: 'TRIM_HORIZON' });
    }
  }

  #wants(record: LambdaRecord): boolean {
    const { filters } = this.#options.plan;
    return filters.length === 0 || filters.some((filter) => takes(filter, record));
  }

  /** @param last what was read last, wanted or not */
  async #work(wanted: readonly LambdaRecord[], last: LambdaRecord): Promise<void> {
    const { plan, ledger } = this.#options;
    for (let at = 0; at < wanted.length; at += plan.batchSize)
      await settle(wanted.slice(at, at + plan.batchSize), plan, this.#world());
    ledger.advance(plan.id, this.#shard, sequenceOf(last));
  }

  #world(): BatchWorld<LambdaRecord> {
    const { plan, ledger, signal, invoke, log } = this.#options;
    return {
      invoke: async (records) => {
        const answer = await invoke({ Records: records });
        // An answer that comes while the cloud goes down may be the thread's end: the batch comes again.
        signal.throwIfAborted();
        return outcomeOf(answer, records, plan.reportsItemFailures);
      },
      advance: (record) => ledger.advance(plan.id, this.#shard, sequenceOf(record)),
      giveUp: (records, attempts) => this.#giveUp(records, attempts),
      backOff: async (attempt) => {
        log(`${plan.logicalId}: a batch failed, attempt ${attempt + 1} follows`);
        await sleep(Math.min(longestPause, 100 * 2 ** (attempt - 1)), undefined, { signal });
      },
    };
  }

  async #giveUp(records: readonly LambdaRecord[], attempts: number): Promise<void> {
    const { plan, log, sendToQueue } = this.#options;
    const times = records.map(({ dynamodb }) =>
      new Date(Number(dynamodb.ApproximateCreationDateTime) * 1000).toISOString(),
    );
    log(`${plan.logicalId}: ${records.length} records were given up after ${attempts} attempts`);
    if (!plan.onFailure) return;
    await sendToQueue(plan.onFailure, {
      requestContext: {
        requestId: randomUUID(),
        functionArn: plan.function,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId: this.#shard,
        startSequenceNumber: records[0] && sequenceOf(records[0]),
        endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: times[0],
        approximateArrivalOfLastRecord: times.at(-1),
        batchSize: records.length,
        streamArn: plan.source,
      },
    });
  }
}

/** Follows a stream until `signal` is aborted. A failure of the stream itself is logged and tried again. */
export async function followStream(options: StreamOptions): Promise<void> {
  const { client, plan, signal, log } = options;
  while (!signal.aborted) {
    try {
      const { StreamDescription: stream } = await client.send(new DescribeStreamCommand({ StreamArn: plan.source }), {
        abortSignal: signal,
      });
      for (const { ShardId: shard } of stream?.Shards ?? []) if (shard) await new StreamReader(options, shard).run();
      await options.woken();
    } catch (error) {
      if (signal.aborted) return;
      log(`${plan.logicalId}: reading ${plan.source} failed (${(error as Error).message}), trying again`);
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }
}
