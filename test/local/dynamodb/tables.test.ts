import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
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
    await makeTables(g.client, [first]);
    await makeTables(g.client, [first]);
    const more = ['gsi2pk', 'gsi2sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
    await makeTables(g.client, [
      plan({
        AttributeDefinitions: [...(AttributeDefinitions ?? []), ...more],
        GlobalSecondaryIndexes: [index('gsi1'), index('gsi2')],
      }),
    ]);
    expect((await describeTable(TableName))?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual([
      'gsi1',
      'gsi2',
    ]);
  });
});

describe('a table is not made', () => {
  const start = 'One or more parameter values were invalid:';
  const S = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  test.each([
    ['twice', {}, /^Table already exists: /],
    [
      'with a key that is not defined',
      { AttributeDefinitions: [S('other'), S('sk')] },
      `${start} Some index key attributes are not defined in AttributeDefinitions. Keys: [pk, sk], AttributeDefinitions: [other, sk]`,
    ],
    [
      'with definitions nobody uses',
      { AttributeDefinitions: [S('pk'), S('sk'), S('more')] },
      `${start} Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
    ],
    [
      'with throughput and without, at once',
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      `${start} Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      'with a key of the wrong kind',
      {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'RANGE' as const },
          { AttributeName: 'sk', KeyType: 'HASH' as const },
        ],
      },
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
    [
      'with a local index',
      {
        LocalSecondaryIndexes: [
          {
            IndexName: 'loc',
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' as const },
              { AttributeName: 'sk', KeyType: 'RANGE' as const },
            ],
            Projection: { ProjectionType: 'ALL' as const },
          },
        ],
      },
      'Local secondary indexes are not available in the local cloud; use a global one.',
    ],
  ])('%s', async (_, more, message) => {
    const input = { ...tableInput(), ...more };
    if (Object.keys(more).length === 0) await create(input);
    const found = await refusal(create(input));
    if (typeof message === 'string') expect(found.message).toBe(message);
    else expect(found.message).toMatch(message);
  });
});

describe('what the engine does not have', () => {
  test('PartiQL is refused with what to use instead', async () => {
    expect(await refusal(g.client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM x' })))).toEqual({
      name: 'UnknownOperationException',
      message: 'PartiQL (ExecuteStatement) is not available in the local cloud; use the item calls with expressions.',
    });
  });

  test('another call is refused by its name', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.CreateBackup' };
    const answer = await fetch(g.engine.url, { method: 'POST', headers, body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        __type: 'com.amazon.coral.service#UnknownOperationException',
        Message: 'CreateBackup is not available in the local cloud.',
      },
    ]);
  });

  test.each(['', '[]', '{"TableName":', '{"TableName": 5}', '{"TableName": {"a": 1}}'])(
    'the body %j is refused as such',
    async (body) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.DescribeTable',
      };
      const answer = await fetch(g.engine.url, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { __type: string }).__type).toBe(
        'com.amazon.coral.service#SerializationException',
      );
    },
  );
});
