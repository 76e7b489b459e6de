// GetShardIterator: where in a shard reading begins.
import { DynamoFailure, invalid } from '../failure.ts';
import { call, type World } from './call.ts';
import { onStream, streamArnField } from './stream-access.ts';
import { checkShard, iteratorText, type Stream, sequenceOf, streamOf } from './stream-place.ts';

type Input = {
  readonly StreamArn: string;
  readonly ShardId: string;
  readonly ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  readonly SequenceNumber?: string;
};

const startOf = (
  { ShardIteratorType: type, SequenceNumber: text }: Input,
  { table, stream }: Stream,
  { store }: World,
): number => {
  const bySequence = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
  if (!bySequence) {
    if (text !== undefined) throw invalid(`SequenceNumber can not be used with ShardIteratorType ${type}`);
    return type === 'LATEST' ? store.recorder.next(table.id, stream) : stream.trimmed + 1;
  }
  if (text === undefined) throw invalid(`SequenceNumber must be given for ShardIteratorType ${type}`);
  const sequence = sequenceOf(text);
  if (sequence <= stream.trimmed)
    throw new DynamoFailure(
      'TrimmedDataAccessException',
      `The sequence number ${text} is of a record that was trimmed: it is older than 24 hours`,
    );
  if (sequence >= store.recorder.next(table.id, stream))
    throw invalid(`Invalid SequenceNumber: ${text} is not the number of a record in this shard`);
  return type === 'AT_SEQUENCE_NUMBER' ? sequence : sequence + 1;
};

export const getShardIterator = call<Input>({
  parameters: {
    StreamArn: streamArnField,
    ShardId: { kind: 'text', required: true, min: 28, max: 65 },
    ShardIteratorType: {
      kind: 'text',
      required: true,
      values: ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'LATEST', 'TRIM_HORIZON'],
    },
    SequenceNumber: { kind: 'text', min: 21, max: 40 },
  },
  access: ({ StreamArn }) => [onStream('GetShardIterator', StreamArn)],
  run: (input, world) => {
    const stream = streamOf(input.StreamArn, world.store);
    checkShard(input.ShardId, stream);
    return { ShardIterator: iteratorText({ arn: stream.arn, from: startOf(input, stream, world), made: world.now() }) };
  },
});
