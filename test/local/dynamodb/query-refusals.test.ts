import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { indexes: ['byKind kind:S rank:N'] });
});
afterAll(() => g.stop());

const ask = (KeyConditionExpression: string, values: Record<string, AttributeValue>) => {
  const ExpressionAttributeValues = { ':p': { S: 'ep' }, ...values };
  return g.client.send(new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues }));
};

describe('a query is refused', () => {
  test.each([
    ['without the partition key', 'sk = :a', {}, 'Query condition missed key schema element: pk'],
    ['with a range of partition keys', 'pk > :a', {}, 'Query key condition not supported'],
    ['with another attribute', 'pk = :a and n = :a', {}, 'Query condition missed key schema element: sk'],
    [
      'with a value of another type',
      'pk = :n',
      {},
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    ['with OR', 'pk = :a or sk = :a', {}, 'Invalid operator used in KeyConditionExpression: OR'],
    [
      'for an index that is not there',
      'pk = :a',
      { IndexName: 'nowhere' },
      'The table does not have the specified index: nowhere',
    ],
    [
      'for a consistent read of an index',
      'kind = :a',
      { IndexName: 'byKind', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'for a filter of the key',
      'pk = :a',
      { FilterExpression: 'attribute_exists(sk)' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'for a start that is no key',
      'pk = :a',
      { ExclusiveStartKey: { pk: { S: 'ep' } } },
      'The provided starting key is invalid',
    ],
    [
      'for a start in another partition',
      'pk = :a',
      { ExclusiveStartKey: { pk: { S: 'other' }, sk: { S: '1' } } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'for a start beyond its range',
      'pk = :a and sk > :a',
      { ExclusiveStartKey: { pk: { S: 'ep' }, sk: { S: '0' } } },
      'The provided starting key does not match the range key predicate',
    ],
    [
      'for a limit of nothing',
      'pk = :a',
      { Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ])('%s', async (_, KeyConditionExpression, more, message) => {
    const values: Record<string, AttributeValue> = KeyConditionExpression.includes(':n')
      ? { ':n': { N: '1' } }
      : { ':a': { S: 'ep' } };
    const call = g.client.send(
      new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues: values, ...more }),
    );
    expect(await refusal(call)).toEqual(invalid(message));
  });

  test('with IN of more than a hundred', async () => {
    const among = (many: number) => {
      const values = Object.fromEntries(Array.from({ length: many }, (_, at) => [`:v${at}`, { S: `v${at}` }]));
      const FilterExpression = `NOT kind IN (${Object.keys(values).join(', ')})`;
      const ExpressionAttributeValues = { ':p': { S: 'ep' }, ...values };
      return g.client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :p',
          FilterExpression,
          ExpressionAttributeValues,
        }),
      );
    };
    await among(100);
    const message = 'The IN operator is provided with too many operands; number of operands: 101';
    expect(await refusal(among(101))).toEqual(invalid(`Invalid FilterExpression: ${message}`));
  });

  test('with bounds in the wrong order, the first time and the second', async () => {
    const between = (low: string, high: string) =>
      ask('pk = :p and sk between :a and :b', { ':a': { S: low }, ':b': { S: high } });
    const message =
      'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
      'lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}';
    expect(await refusal(between('b', 'a'))).toEqual(invalid(message));
    await between('a', 'b');
    expect(await refusal(between('b', 'a'))).toEqual(invalid(message));
  });
});
