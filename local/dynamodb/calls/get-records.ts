// GetRecords: the next records of a shard, up to 1,000 and 1 MB of them.

import { region } from '../../template/identity.ts';
import { DynamoFailure } from '../failure.ts';
import type { EventNames, StreamRecord } from '../store/records.ts';
import type { StreamSettings } from '../store/table.ts';
import { LARGEST_PAGE } from '../value/size.ts';
import { call, type World } from './call.ts';
import { onStream } from './stream-access.ts';
import { iteratorOf, iteratorText, sequenceText, streamOf } from './stream-place.ts';

/** Who deletes an item at the end of its life. */
const service = '"userIdentity":{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"},';

const recordText = (record: StreamRecord, arn: string, { number, view }: StreamSettings): string => {
  const id = number.toString(16).padStart(12, '0') + record.sequence.toString(16).padStart(20, '0');
  const images = `${record.next === null ? '' : `,"NewImage":${record.next}`}${record.old === null ? '' : `,"OldImage":${record.old}`}`;
  const change =
    `"ApproximateCreationDateTime":${Math.floor(record.at / 1000)},"Keys":${record.keys}${images},` +
    `"SequenceNumber":"${sequenceText(record.sequence)}","SizeBytes":${record.size},"StreamViewType":"${view}"`;
  return (
    `{"eventID":"${id}","eventName":"${record.name}","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"${region}",` +
    `"eventSourceARN":"${arn}",${record.expired ? service : ''}"dynamodb":{${change}}}`
  );
};

const fitting = (records: readonly StreamRecord[]): StreamRecord[] => {
  let bytes = 0;
  const end = records.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && bytes > LARGEST_PAGE;
  });
  return end < 0 ? [...records] : records.slice(0, end);
};

/** The stream an iterator belongs to, for the question of rights. */
const arnIn = (iterator: string): string => iterator.split('|')[0] ?? '';

export const getRecords = call<{ readonly ShardIterator: string; readonly Limit?: number }>({
  parameters: {
    ShardIterator: { kind: 'text', required: true, min: 1, max: 2048 },
    Limit: { kind: 'whole', min: 1, max: 1000 },
  },
  access: ({ ShardIterator }) => [onStream('GetRecords', arnIn(ShardIterator))],
  run: ({ ShardIterator, Limit = 1000 }, world) => readRecords(ShardIterator, Limit, world),
});

/**
 * Body of a GetRecords. `names`: what the changes are of that are looked for, where others are to be passed over unread: whoever follows
 * a stream for what is new need not see each change. Throws DynamoFailure.
 */
export function readRecords(ShardIterator: string, limit: number, { store, now }: World, names?: EventNames): string {
  const iterator = iteratorOf(ShardIterator, now());
  const { table, stream, arn } = streamOf(iterator.arn, store);
  if (iterator.from <= stream.trimmed)
    throw new DynamoFailure(
      'TrimmedDataAccessException',
      'The iterator points to records that were trimmed: they are older than 24 hours',
    );
  const found = store.recorder.read(table.id, stream, iterator.from, limit, names);
  const records = fitting(found);
  const end = store.recorder.next(table.id, stream);
  const isAll = records.length === found.length && found.length < limit;
  const from = isAll ? Math.max(iterator.from, end) : (records.at(-1)?.sequence ?? iterator.from - 1) + 1;
  // A shard that is closed ends with its last record; an open one goes on.
  const next =
    stream.closed !== undefined && from >= end
      ? ''
      : `,"NextShardIterator":${JSON.stringify(iteratorText({ arn, from, made: now() }))}`;
  return `{"Records":[${records.map((record) => recordText(record, arn, stream)).join(',')}]${next}}`;
}
