import { CreateTableCommand, type CreateTableCommandInput, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, ground, refusal, tableInput } from './cloud.ts';

let g: Ground;
beforeAll(async () => {
  g = await ground();
});
afterAll(() => g.stop());

const create = (input: CreateTableCommandInput) => g.client.send(new CreateTableCommand(input));

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
