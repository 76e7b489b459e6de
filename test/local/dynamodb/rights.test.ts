import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccessCall } from '../../../local/dynamodb/index.ts';
import { evaluate } from '../../../local/iam/evaluate.ts';
import { clientOf, type Ground, ground, refusal, tableInput } from './cloud.ts';

const secrets: Record<string, string> = { host: 'host-secret', tenant: 'tenant-secret' };
const asked: AccessCall[] = [];
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/core';

/** The policy of a tenant's role: its own partition keys alone, and never a call that has none. */
const statement = {
  effect: 'Allow' as const,
  actions: [
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
  ],
  resources: [table, `${table}/index/*`],
  conditions: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TENANT#t1', 'TENANT#t1#*'] },
    Null: { 'dynamodb:LeadingKeys': ['false'] },
  },
};

let g: Ground;
let host: DynamoDBClient;
let tenant: DynamoDBClient;

beforeAll(async () => {
  g = await ground({
    secretOf: (id) => secrets[id],
    authorize: (call) => {
      asked.push(call);
      if (call.accessKeyId === 'host') return undefined;
      const { action, resource, context = {} } = call;
      return evaluate([statement], { action, resource, context }) === 'allowed'
        ? undefined
        : `because no identity-based policy allows the ${action} action`;
    },
  });
  host = clientOf(g.engine.url, 'host', 'host-secret');
  tenant = clientOf(g.engine.url, 'tenant', 'tenant-secret');
  await host.send(
    new CreateTableCommand({ ...tableInput({ indexes: ['gsi1 gsi1pk:S gsi1sk:S'] }), TableName: 'core' }),
  );
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  host.destroy();
  tenant.destroy();
  await g.stop();
});

const Item = (pk: string, sk = '1') => ({ pk: { S: pk }, sk: { S: sk } });
const TableName = 'core';
const denied = (action: string, resource = table) => ({
  name: 'AccessDeniedException',
  message: `User: tenant is not authorized to perform: dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
});

describe('a signature', () => {
  test('by a key nobody has is refused', async () => {
    const client = clientOf(g.engine.url, 'nobody', 'secret');
    expect(await refusal(client.send(new GetItemCommand({ TableName, Key: Item('a') })))).toEqual({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
    client.destroy();
  });

  test('with another secret is refused', async () => {
    const client = clientOf(g.engine.url, 'host', 'wrong');
    expect((await refusal(client.send(new GetItemCommand({ TableName, Key: Item('a') })))).name).toBe(
      'InvalidSignatureException',
    );
    client.destroy();
  });

  test('that is missing, or of another body, is refused', async () => {
    const target = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' };
    const type = async (headers: Record<string, string>, body: string) =>
      (
        (await (await fetch(g.engine.url, { method: 'POST', headers, body })).json()) as { __type: string }
      ).__type.split('#')[1];
    expect(await type(target, '{}')).toBe('MissingAuthenticationTokenException');
    let taken: Record<string, string> = {};
    const client = clientOf(g.engine.url, 'host', 'host-secret');
    client.middlewareStack.add(
      (next) => (args) => {
        taken = { ...(args.request as { headers: Record<string, string> }).headers };
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await client.send(new GetItemCommand({ TableName, Key: Item('a') }));
    client.destroy();
    const { host: _, 'content-length': __, ...headers } = taken;
    expect(await type(headers, JSON.stringify({ TableName, Key: Item('b') }))).toBe('InvalidSignatureException');
  });
});

describe('a tenant', () => {
  test('reads and writes under its own partition keys, and under no other', async () => {
    await tenant.send(new PutItemCommand({ TableName, Item: Item('TENANT#t1#shots') }));
    await tenant.send(new GetItemCommand({ TableName, Key: Item('TENANT#t1') }));
    expect(await refusal(tenant.send(new PutItemCommand({ TableName, Item: Item('TENANT#t2') })))).toEqual(
      denied('PutItem'),
    );
    // a name that only begins like its own is another tenant's
    expect(await refusal(tenant.send(new GetItemCommand({ TableName, Key: Item('TENANT#t11') })))).toEqual(
      denied('GetItem'),
    );
  });

  test('queries its own partitions of the table and of an index', async () => {
    const query = (pk: string, IndexName?: string) =>
      tenant.send(
        new QueryCommand({
          TableName,
          ...(IndexName && { IndexName }),
          KeyConditionExpression: `${IndexName ?? ''}pk = :p`,
          ExpressionAttributeValues: { ':p': { S: pk } },
        }),
      );
    await query('TENANT#t1');
    await query('TENANT#t1#x', 'gsi1');
    expect(await refusal(query('TENANT#t2'))).toEqual(denied('Query'));
    expect(await refusal(query('TENANT#t2', 'gsi1'))).toEqual(denied('Query', `${table}/index/gsi1`));
  });

  test('gets nowhere with a value that shows one key and means another', async () => {
    const middle = (body: string) => body.replace('{"S":"TENANT#t2"}', '{"X":"TENANT#t1","S":"TENANT#t2"}');
    const client = clientOf(g.engine.url, 'tenant', 'tenant-secret');
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string; headers: Record<string, string> };
        request.body = middle(request.body);
        request.headers['content-length'] = String(Buffer.byteLength(request.body));
        return next(args);
      },
      { step: 'build' },
    );
    expect(await refusal(client.send(new GetItemCommand({ TableName, Key: Item('TENANT#t2') })))).toEqual(
      denied('GetItem'),
    );
    client.destroy();
  });

  test('does not scan: a scan has no partition key', async () => {
    expect(await refusal(tenant.send(new ScanCommand({ TableName })))).toEqual(denied('Scan'));
  });

  test('does nothing of a transaction or a batch of which one part is not its own', async () => {
    const Put = (pk: string) => ({ Put: { TableName, Item: Item(pk, 'mixed') } });
    const both = new TransactWriteItemsCommand({ TransactItems: [Put('TENANT#t1'), Put('TENANT#t2')] });
    expect(await refusal(tenant.send(both))).toEqual(denied('PutItem'));
    const PutRequest = (pk: string) => ({ PutRequest: { Item: Item(pk, 'mixed') } });
    const batch = new BatchWriteItemCommand({
      RequestItems: { [TableName]: [PutRequest('TENANT#t1'), PutRequest('TENANT#t2')] },
    });
    expect(await refusal(tenant.send(batch))).toEqual(denied('BatchWriteItem'));
    expect((await host.send(new GetItemCommand({ TableName, Key: Item('TENANT#t1', 'mixed') }))).Item).toBeUndefined();
  });

  test('learns nothing of a table that it may not see', async () => {
    const call = tenant.send(new UpdateItemCommand({ TableName: 'other', Key: Item('TENANT#t1') }));
    expect((await refusal(call)).name).toBe('AccessDeniedException');
  });
});

test('a transaction asks for the right of each of its parts', async () => {
  await host.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: Item('a') } },
        {
          Update: {
            TableName,
            Key: Item('b'),
            UpdateExpression: 'SET n = :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          },
        },
        { Delete: { TableName, Key: Item('c') } },
        { ConditionCheck: { TableName, Key: Item('d'), ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    }),
  );
  expect(asked.map(({ action, context }) => [action, context?.['dynamodb:LeadingKeys']])).toEqual([
    ['dynamodb:PutItem', ['a']],
    ['dynamodb:UpdateItem', ['b']],
    ['dynamodb:DeleteItem', ['c']],
    ['dynamodb:ConditionCheckItem', ['d']],
  ]);
});
