// ListStreams and DescribeStream.

import { call } from './call.ts';
import { onStream, streamArnField } from './stream-access.ts';
import { allStreams, sequenceText, shardOf, streamOf } from './stream-place.ts';

export const listStreams = call<{
  readonly TableName?: string;
  readonly ExclusiveStartStreamArn?: string;
  readonly Limit?: number;
}>({
  parameters: {
    TableName: { kind: 'text', pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 },
    ExclusiveStartStreamArn: { kind: 'text', min: 37, max: 1024 },
    Limit: { kind: 'whole', min: 1, max: 100 },
  },
  access: () => [{ action: 'dynamodb:ListStreams', resource: '*' }],
  run: ({ TableName, ExclusiveStartStreamArn: after, Limit: limit = 100 }, { store }) => {
    const all = allStreams(store).filter(({ table }) => TableName === undefined || table.name === TableName);
    const rest = all.slice(all.findIndex(({ arn }) => arn === after) + 1);
    const page = rest.slice(0, limit);
    return {
      Streams: page.map(({ arn, table, stream }) => ({
        StreamArn: arn,
        TableName: table.name,
        StreamLabel: stream.label,
      })),
      ...(rest.length > limit && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
    };
  },
});

export const describeStream = call<{ readonly StreamArn: string }>({
  parameters: {
    StreamArn: streamArnField,
    Limit: { kind: 'whole', min: 1, max: 100 },
    ExclusiveStartShardId: { kind: 'text', min: 28, max: 65 },
  },
  access: ({ StreamArn }) => [onStream('DescribeStream', StreamArn)],
  run: ({ StreamArn }, { store }) => {
    const { table, stream, arn } = streamOf(StreamArn, store);
    const end =
      stream.closed === undefined
        ? {}
        : { EndingSequenceNumber: sequenceText(store.recorder.next(table.id, stream) - 1) };
    return {
      StreamDescription: {
        StreamArn: arn,
        StreamLabel: stream.label,
        StreamStatus: stream.closed === undefined ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.view,
        CreationRequestDateTime: table.settings.created / 1000,
        TableName: table.name,
        KeySchema: table.settings.keySchema,
        Shards: [
          { ShardId: shardOf(stream), SequenceNumberRange: { StartingSequenceNumber: sequenceText(1), ...end } },
        ],
      },
    };
  },
});
