import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTables } from '../../../local/tables.ts';
import type { TablePlan } from '../../../local/template/table.ts';
import { aTable, type Ground, ground, invalid, refusal, tableInput } from './cloud.ts';

let g: Ground;
beforeAll(async () => {
  g = await ground();
});
afterAll(() => g.stop());

const create = (input: CreateTableCommandInput) => g.client.send(new CreateTableCommand(input));
const describeTable = async (TableName: string) => (await g.client.send(new DescribeTableCommand({ TableName }))).Table;

describe('a table', () => {
  test('is there as soon as it was made, and is described', async () => {
    const input = tableInput({ indexes: ['byKind kind:S rank:N'], more: { DeletionProtectionEnabled: false } });
    await create(input);
    const { state } = await waitUntilTableExists(
      { client: g.client, minDelay: 1, maxWaitTime: 10 },
      { TableName: input.TableName },
    );
    expect(state).toBe('SUCCESS');
    await g.client.send(new PutItemCommand({ TableName: input.TableName, Item: { pk: { S: '1' }, sk: { S: '剧' } } }));
    expect(await describeTable(input.TableName)).toMatchObject({
      TableName: input.TableName,
      TableStatus: 'ACTIVE',
      TableArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${input.TableName}`,
      KeySchema: input.KeySchema,
      AttributeDefinitions: input.AttributeDefinitions,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ItemCount: 1,
      // two names of two bytes, a digit and a character of three bytes
      TableSizeBytes: 8,
      GlobalSecondaryIndexes: [{ IndexName: 'byKind', IndexStatus: 'ACTIVE', Projection: { ProjectionType: 'ALL' } }],
    });
  });

  test('is named by its ARN as well', async () => {
    const table = await aTable(g.client);
    const TableName = `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;
    await g.client.send(new PutItemCommand({ TableName, Item: { pk: { S: '1' }, sk: { S: '1' } } }));
    expect((await g.client.send(new ScanCommand({ TableName: table }))).Count).toBe(1);
  });

  test('that is deleted is gone with its items; the name is free', async () => {
    const input = tableInput({ indexes: ['byKind kind:S'] });
    await create(input);
    await g.client.send(
      new PutItemCommand({ TableName: input.TableName, Item: { pk: { S: '1' }, sk: { S: '1' }, kind: { S: 'k' } } }),
    );
    await g.client.send(new DeleteTableCommand({ TableName: input.TableName }));
    expect(await refusal(describeTable(input.TableName))).toEqual({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Table: ${input.TableName} not found`,
    });
    await create(input);
    expect((await g.client.send(new ScanCommand({ TableName: input.TableName }))).Count).toBe(0);
  });

  test('that is protected is not deleted until it is not', async () => {
    const TableName = await aTable(g.client, { more: { DeletionProtectionEnabled: true } });
    const remove = () => g.client.send(new DeleteTableCommand({ TableName }));
    expect(await refusal(remove())).toEqual(
      invalid(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      ),
    );
    await g.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await remove();
  });

  test('has tags', async () => {
    const TableName = await aTable(g.client, { more: { Tags: [{ Key: 'stage', Value: 'dev' }] } });
    const ResourceArn = (await describeTable(TableName))?.TableArn;
    const tags = async () => (await g.client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;
    await g.client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'owner', Value: '剧组' }] }));
    expect(await tags()).toEqual([
      { Key: 'stage', Value: 'dev' },
      { Key: 'owner', Value: '剧组' },
    ]);
    await g.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['stage'] }));
    expect(await tags()).toEqual([{ Key: 'owner', Value: '剧组' }]);
  });

  test('says whether it can be restored, as it was told', async () => {
    const TableName = await aTable(g.client);
    const status = async () =>
      (await g.client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    expect(await status()).toBe('DISABLED');
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await g.client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
    expect(await status()).toBe('ENABLED');
  });

  test('is listed, page by page, by name', async () => {
    const names = ['list-a', 'list-b', 'list-c'];
    for (const TableName of [...names].reverse()) await create({ ...tableInput(), TableName });
    const page = await g.client.send(new ListTablesCommand({ ExclusiveStartTableName: 'list-', Limit: 2 }));
    expect([page.TableNames, page.LastEvaluatedTableName]).toEqual([['list-a', 'list-b'], 'list-b']);
  });

  test('of a template is made once, and given the index that a newer template adds', async () => {
    const { TableName, KeySchema, AttributeDefinitions } = tableInput({ indexes: ['gsi1 gsi1pk:S gsi1sk:S'] });
    const index = (name: string) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: `${name}pk`, KeyType: 'HASH' },
        { AttributeName: `${name}sk`, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    });
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
    const plan = (create: object): TablePlan => ({
      name: TableName,
      arn: '',
      ttl: 'ttl',
      create: { TableName, KeySchema, BillingMode: 'PAY_PER_REQUEST', StreamSpecification, ...create },
    });
    const first = plan({ AttributeDefinitions, GlobalSecondaryIndexes: [index('gsi1')] });
    const anew: string[] = [];
    const noted = ({ name }: TablePlan) => void anew.push(name);
    await makeTables(g.client, [first], noted);
    await makeTables(g.client, [first], noted);
    const more = ['gsi2pk', 'gsi2sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
    const second = plan({
      AttributeDefinitions: [...(AttributeDefinitions ?? []), ...more],
      GlobalSecondaryIndexes: [index('gsi1'), index('gsi2')],
    });
    await makeTables(g.client, [second], noted);
    expect(anew).toEqual([TableName]);
    expect((await describeTable(TableName))?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual([
      'gsi1',
      'gsi2',
    ]);
  });
});
