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
import { Refusal, type RefusalCode } from './refusal.ts';
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

const create = async (client: DynamoDBClient, plan: TablePlan): Promise<void> => {
  await client.send(new CreateTableCommand(plan.create as unknown as CreateTableCommandInput));
  if (!plan.ttl) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: plan.ttl };
  await client.send(new UpdateTimeToLiveCommand({ TableName: plan.name, TimeToLiveSpecification }));
};

/** What the engine says of the machine under it (a full disk) comes over the wire as a failure that carries the code. */
const refused = (error: unknown): unknown => {
  const { refusal, message } = error as Error & { refusal?: RefusalCode };
  return refusal === undefined ? error : new Refusal(refusal, message, { cause: error });
};

/**
 * Makes each table that is not there; adds indexes to one that is. `anew` is told of a table right before it is made.
 * Throws STATE_CORRUPT when a key has changed, DISK_FULL or STATE_UNWRITABLE.
 */
export async function makeTables(
  client: DynamoDBClient,
  plans: readonly TablePlan[],
  anew: (plan: TablePlan) => void,
): Promise<void> {
  for (const plan of plans)
    try {
      const table = await describe(client, plan.name);
      if (table) await update(client, plan, table);
      else {
        anew(plan);
        await create(client, plan);
      }
    } catch (error) {
      throw refused(error);
    }
}
