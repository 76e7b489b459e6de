// The engine in memory with the SDK's clients on it, and tables made in one line.
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { type Dynamo, type DynamoOptions, startDynamo } from '../../../local/dynamodb/index.ts';

export type Ground = {
  readonly engine: Dynamo;
  readonly client: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly stop: () => Promise<void>;
};

const settings = (url: string, accessKeyId: string, secretAccessKey: string) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey },
  maxAttempts: 1,
});

export const clientOf = (url: string, accessKeyId = 'anyone', secret = 'secret'): DynamoDBClient =>
  new DynamoDBClient(settings(url, accessKeyId, secret));

export async function ground(options: DynamoOptions = {}): Promise<Ground> {
  const engine = await startDynamo(options);
  const client = clientOf(engine.url);
  const streams = new DynamoDBStreamsClient(settings(engine.url, 'anyone', 'secret'));
  const stop = async () => {
    client.destroy();
    streams.destroy();
    await engine.stop();
  };
  return { engine, client, streams, stop };
}

let tables = 0;

type Shape = {
  /** `pk:S` or `pk:S sk:N` */
  readonly key?: string;
  /** `byOwner owner:S at:N`, each with all attributes unless the create input says otherwise */
  readonly indexes?: readonly string[];
  readonly more?: Partial<CreateTableCommandInput>;
};

const parts = (text: string) => text.split(' ').map((part) => part.split(':') as [string, 'S' | 'N' | 'B']);
const schema = (text: string) =>
  parts(text).map(([AttributeName], at) => ({
    AttributeName,
    KeyType: at === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));

/** What CreateTable is told for a table of its own. */
export function tableInput({
  key = 'pk:S sk:S',
  indexes = [],
  more = {},
}: Shape = {}): CreateTableCommandInput & { TableName: string } {
  const split = indexes.map((text) => [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)] as const);
  const attributes = new Map([key, ...split.map(([, keys]) => keys)].flatMap(parts));
  return {
    TableName: `table-${++tables}`,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schema(key),
    AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(split.length > 0 && {
      GlobalSecondaryIndexes: split.map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: schema(keys),
        Projection: { ProjectionType: 'ALL' as const },
      })),
    }),
    ...more,
  };
}

/** Makes a table of its own and answers its name. */
export async function aTable(client: DynamoDBClient, shape: Shape = {}): Promise<string> {
  const input = tableInput(shape);
  await client.send(new CreateTableCommand(input));
  return input.TableName;
}

/** Name and message of the error a call ends with; fails when it ends without one. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The call was not refused.');
  return { name: error.name, message: error.message };
}

export const invalid = (message: string) => ({ name: 'ValidationException', message });
