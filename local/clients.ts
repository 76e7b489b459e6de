// The cloud's own callers of its doors: it makes tables, reads streams and queues, under a key that may do everything.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Callers, host } from './iam/callers.ts';
import { region } from './template/identity.ts';

export type Clients = {
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly queues: SQSClient;
  readonly stop: () => void;
};

export function makeClients(
  callers: Callers,
  endpoints: { readonly dynamo: string; readonly storage: string },
): Clients {
  const credentials = { accessKeyId: host, secretAccessKey: callers.secretOf(host) ?? '' };
  const tables = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamo });
  const streams = new DynamoDBStreamsClient({ region, credentials, endpoint: endpoints.dynamo });
  const queues = new SQSClient({ region, credentials, endpoint: endpoints.storage });
  return {
    tables,
    streams,
    queues,
    stop: () => {
      for (const client of [tables, streams, queues]) client.destroy();
    },
  };
}
