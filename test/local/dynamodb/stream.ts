// Tables with a stream, and the stream read as a consumer reads it.
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-dynamodb-streams';
import { aTable, type Ground } from './cloud.ts';

export type View = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** ARN of the first stream of a table. */
export const arnOf = (table: string) =>
  `arn:aws:dynamodb:us-east-1:000000000000:table/${table}/stream/2020-01-01T00:00:00.000`;

export const key = (sk: string) => ({ pk: { S: 's' }, sk: { S: sk } });

type Reading = {
  streamed: (view?: View) => Promise<string>;
  put: (TableName: string, sk: string, more?: Record<string, AttributeValue>) => Promise<unknown>;
  iterator: (
    table: string,
    type?: GetShardIteratorCommandInput['ShardIteratorType'],
    SequenceNumber?: string,
  ) => Promise<string | undefined>;
  read: (ShardIterator: string | undefined, Limit?: number) => Promise<GetRecordsCommandOutput>;
  /** The first page of a stream. */
  records: (table: string) => Promise<_Record[]>;
};

/** `ground` is asked at each call: it is there once the suite has begun. */
export function reading(ground: () => Ground): Reading {
  const iterator: Reading['iterator'] = async (table, ShardIteratorType = 'TRIM_HORIZON', SequenceNumber) => {
    const { streams } = ground();
    const StreamArn = arnOf(table);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const place = { StreamArn, ShardId: StreamDescription?.Shards?.[0]?.ShardId, ShardIteratorType };
    const input = { ...place, ...(SequenceNumber && { SequenceNumber }) };
    return (await streams.send(new GetShardIteratorCommand(input))).ShardIterator;
  };
  const read: Reading['read'] = (ShardIterator, Limit) =>
    ground().streams.send(new GetRecordsCommand({ ShardIterator, ...(Limit && { Limit }) }));
  return {
    streamed: (StreamViewType = 'NEW_AND_OLD_IMAGES') =>
      aTable(ground().client, { more: { StreamSpecification: { StreamEnabled: true, StreamViewType } } }),
    put: (TableName, sk, more = {}) =>
      ground().client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...more } })),
    iterator,
    read,
    records: async (table) => (await read(await iterator(table))).Records ?? [],
  };
}
