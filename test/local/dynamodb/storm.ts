// A process that writes pairs to an engine of its own until it is killed: for durability.test.ts.
import { CreateTableCommand, DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { startDynamo } from '../../../local/dynamodb/index.ts';

const engine = await startDynamo({ file: process.argv[2] as string });
const client = new DynamoDBClient({
  endpoint: engine.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const TableName = 'pairs';
const schema = { AttributeName: 'pk', KeyType: 'HASH' as const };
const key = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
await client
  .send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [schema],
      AttributeDefinitions: [key('pk'), key('pair')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byPair',
          KeySchema: [{ ...schema, AttributeName: 'pair' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  )
  .catch((error: Error) => {
    if (error.name !== 'ResourceInUseException') throw error;
  });

const write = async (worker: number): Promise<never> => {
  for (let at = 0; ; at++) {
    const pair = `${process.pid}-${worker}-${at}`;
    const Put = (side: string) => ({
      Put: { TableName, Item: { pk: { S: `${pair}-${side}` }, pair: { S: pair }, body: { S: '字'.repeat(500) } } },
    });
    await client.send(new TransactWriteItemsCommand({ TransactItems: [Put('left'), Put('right')] }));
    // The parent counts what it was told is done.
    process.stdout.write(`${pair}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, (_, worker) => write(worker)));
