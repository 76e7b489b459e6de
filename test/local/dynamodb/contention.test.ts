import { GetItemCommand, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aTable, type Ground, ground } from './cloud.ts';

let g: Ground;
beforeAll(async () => {
  g = await ground();
});
afterAll(() => g.stop());

const Key = { pk: { S: 'stock' } };
const conditional = { ConditionExpression: 'units >= :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
const take = { UpdateExpression: 'SET units = units - :one', ...conditional };

const stocked = async () => {
  const TableName = await aTable(g.client, { key: 'pk:S' });
  await g.client.send(new PutItemCommand({ TableName, Item: { ...Key, units: { N: '50' } } }));
  return TableName;
};
const left = async (TableName: string) => (await g.client.send(new GetItemCommand({ TableName, Key }))).Item?.units?.N;
const count = (results: PromiseSettledResult<unknown>[]) => {
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).name] : []));
  return { taken: results.length - refused.length, refusals: [...new Set(refused)] };
};

test('1,000 takers at once of 50 units: exactly 50 get one', async () => {
  const TableName = await stocked();
  const results = await Promise.allSettled(
    Array.from({ length: 1000 }, () => g.client.send(new UpdateItemCommand({ TableName, Key, ...take }))),
  );
  expect(count(results)).toEqual({ taken: 50, refusals: ['ConditionalCheckFailedException'] });
  expect(await left(TableName)).toBe('0');
});

test('200 takers by transactions that also write a receipt: 50 units, 50 receipts', async () => {
  const TableName = await stocked();
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, at) => {
      const Put = { TableName, Item: { pk: { S: `receipt-${at}` } } };
      return g.client.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Update: { TableName, Key, ...take } }, { Put }] }),
      );
    }),
  );
  expect(count(results)).toEqual({ taken: 50, refusals: ['TransactionCanceledException'] });
  const receipts = await Promise.all(
    results.map((_, at) => g.client.send(new GetItemCommand({ TableName, Key: { pk: { S: `receipt-${at}` } } }))),
  );
  expect(receipts.filter(({ Item }) => Item)).toHaveLength(50);
  expect(results.every(({ status }, at) => (status === 'fulfilled') === (receipts[at]?.Item !== undefined))).toBe(true);
});
