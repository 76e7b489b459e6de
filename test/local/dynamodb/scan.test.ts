import {
  type AttributeValue,
  BatchWriteItemCommand,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { indexes: ['byGroup grp:S'] });
  for (let batch = 0; batch < 4; batch++) {
    const requests = Array.from({ length: 25 }, (_, at) => ({
      PutRequest: {
        Item: { pk: { S: `p${at}` }, sk: { S: String(batch) }, ...(at % 5 === 0 && { grp: { S: `g${batch}` } }) },
      },
    }));
    await g.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }
});
afterAll(() => g.stop());

const pages = async (input: Partial<ScanCommandInput>) => {
  const found: string[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await g.client.send(
      new ScanCommand({ TableName, ...input, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    found.push(...(page.Items ?? []).map(({ pk, sk }) => `${pk?.S}/${sk?.S}`));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
};

test('a scan in pages returns every item once', async () => {
  const found = await pages({ Limit: 7 });
  expect([found.length, new Set(found).size]).toEqual([100, 100]);
});

test('segments share the partitions among them', async () => {
  const parts = await Promise.all([0, 1, 2].map((Segment) => pages({ Segment, TotalSegments: 3, Limit: 5 })));
  expect(parts.flat()).toHaveLength(100);
  const partitions = parts.map((part) => new Set(part.map((place) => place.split('/')[0])));
  expect(partitions.reduce((sum, { size }) => sum + size, 0)).toBe(25);
});

test('a scan of an index returns the items that are in it, in pages too', async () => {
  const found = await pages({ IndexName: 'byGroup', Limit: 3 });
  expect([found.length, new Set(found).size]).toEqual([20, 20]);
});

test('a filter lets through what it names', async () => {
  const more = { FilterExpression: 'grp = :g', ExpressionAttributeValues: { ':g': { S: 'g1' } } };
  expect(await pages(more)).toHaveLength(5);
});

describe('a scan is refused', () => {
  test.each([
    [
      { Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      { TotalSegments: 2 },
      'The Segment parameter is required but was not present in the request when TotalSegments parameter is present',
    ],
    [
      { Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
  ])('for %j', async (input, message) => {
    expect(await refusal(g.client.send(new ScanCommand({ TableName, ...input })))).toEqual(invalid(message));
  });
});
