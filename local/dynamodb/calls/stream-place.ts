// Streams as their calls name them: ARNs, the one shard, sequence numbers, iterators.
import { DynamoFailure, invalid } from '../failure.ts';
import type { Store } from '../store/index.ts';
import { streamArn } from '../store/names.ts';
import type { StreamSettings, Table } from '../store/table.ts';

export type Stream = { readonly table: Table; readonly stream: StreamSettings; readonly arn: string };

/** All streams, those that were turned off within the day too, in the order of their tables. */
export const allStreams = ({ catalog }: Store): Stream[] =>
  catalog
    .all()
    .flatMap((table) => table.settings.streams.map((stream) => ({ table, stream, arn: streamArn(table, stream) })));

/** Throws ResourceNotFoundException. */
export const streamOf = (arn: string, store: Store): Stream => {
  const table = store.catalog.find(arn);
  const stream = table?.settings.streams.find(({ label }) => arn.endsWith(`/stream/${label}`));
  if (!table || !stream)
    throw new DynamoFailure('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  return { table, stream, arn };
};

/** As on AWS, 21 digits at least, which sort as texts do. */
export const sequenceText = (sequence: number): string => `1${String(sequence).padStart(20, '0')}`;

/** Throws ValidationException for a text that is no sequence number of ours. */
export const sequenceOf = (text: string): number => {
  if (!/^1\d{20}$/.test(text)) throw invalid(`Invalid SequenceNumber: ${text}`);
  return Number(text.slice(1));
};

/** The one shard of a stream. Its name carries the stream's number, so that another stream of the table has another shard. */
export const shardOf = ({ number }: StreamSettings): string =>
  `shardId-00000000000000000000-${String(number).padStart(8, '0')}`;

/** Throws ResourceNotFoundException. */
export const checkShard = (shard: string, { stream, arn }: Stream): void => {
  if (shard === shardOf(stream)) return;
  throw new DynamoFailure(
    'ResourceNotFoundException',
    `Requested resource not found: Shard: ${shard} in Stream: ${arn} not found`,
  );
};

/** A place between records: `from` is the sequence number of the first record to read; `made` is epoch ms. */
export type Iterator = { readonly arn: string; readonly from: number; readonly made: number };

/** How long an iterator serves, milliseconds (GetShardIterator, Amazon DynamoDB Streams API Reference). */
const ITERATOR_LIFE = 15 * 60_000;

/** An iterator as text; it begins with the ARN, as on AWS. */
export const iteratorText = ({ arn, from, made }: Iterator): string =>
  `${arn}|1|${Buffer.from(JSON.stringify({ from, made })).toString('base64url')}`;

/** Throws ValidationException or ExpiredIteratorException. */
export const iteratorOf = (text: string, now: number): Iterator => {
  const [arn = '', , place = ''] = text.split('|');
  const read = (): { from?: unknown; made?: unknown } => {
    try {
      return JSON.parse(Buffer.from(place, 'base64url').toString()) as object;
    } catch {
      throw invalid('Invalid ShardIterator');
    }
  };
  const { from, made } = read();
  if (typeof from !== 'number' || typeof made !== 'number') throw invalid('Invalid ShardIterator');
  if (now - made > ITERATOR_LIFE)
    throw new DynamoFailure(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(made).toISOString()}`,
    );
  return { arn, from, made };
};
