// The tables of the plan, made or brought up to date in the engine.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { Refusal } from './refusal.ts';
import type { TablePlan } from './template/table.ts';

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

/** Indexes are added as on AWS; a changed key is a new table, and that is a person's decision. */
const update = async (client: DynamoDBClient, plan: TablePlan, table: TableDescription): Promise<void> => {
  if (JSON.stringify(table.KeySchema) !== JSON.stringify(plan.create.KeySchema)) {
    const message = `Table ${plan.name} has another key than the template. Move the state folder away to start empty.`;
    throw new Refusal('STATE_CORRUPT', message);
  }
  const present = new Set(table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const input = plan.create as unknown as CreateTableCommandInput;
  for (const index of input.GlobalSecondaryIndexes ?? [])
    if (!present.has(index.IndexName))
      await client.send(
        new UpdateTableCommand({
          TableName: plan.name,
          AttributeDefinitions: input.AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{ Create: index }],
        }),
      );
};

/** Makes each table that is not there; adds indexes to one that is. Throws STATE_CORRUPT when a key has changed. */
export async function makeTables(client: DynamoDBClient, plans: readonly TablePlan[]): Promise<void> {
  for (const plan of plans) {
    const table = await describe(client, plan.name);
    if (table) {
      await update(client, plan, table);
      continue;
    }
    await client.send(new CreateTableCommand(plan.create as unknown as CreateTableCommandInput));
    if (plan.ttl) {
      const TimeToLiveSpecification = { Enabled: true, AttributeName: plan.ttl };
      await client.send(new UpdateTimeToLiveCommand({ TableName: plan.name, TimeToLiveSpecification }));
    }
  }
}
