// The cost model: how units are counted, what is free, and that the page says what the model says.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counts } from '../../scripts/cost/count.ts';
import { measureDynamo } from '../../scripts/cost/dynamo-units.ts';
import { monthOf } from '../../scripts/cost/model.ts';
import { costOf, totalOf } from '../../scripts/cost/prices.ts';
import { goal, reportOf, yuanAUser } from '../../scripts/cost/report.ts';
import { standingOf } from '../../scripts/cost/standing.ts';
import { synthesis, synthesised } from './kit/stage.ts';

const counts = JSON.parse(readFileSync('scripts/cost/counts.json', 'utf8')) as Counts;
const standing = { alarms: 30, keys: 2, secrets: 1, sweeps: 2920 };
const row = (bytes: number, more: Record<string, { S: string }> = {}) => ({
  pk: { S: 'T#t' },
  sk: { S: 'SHOT#1' },
  body: { S: 'x'.repeat(bytes) },
  ...more,
});

describe('units of DynamoDB', () => {
  test.each([
    [100, 1],
    [1000, 1],
    [1100, 2],
    [5000, 5],
  ])('a row of %i bytes is written for %i units, and for twice as many in a transaction', (bytes, units) => {
    const put = { TableName: 'core', Item: row(bytes) };
    expect(measureDynamo()('PutItem', put, {}).write).toBe(units);
    expect(measureDynamo()('TransactWriteItems', { TableName: '', TransactItems: [{ Put: put }] }, {}).write).toBe(
      2 * units,
    );
  });

  test('each index a row stands in is written once more', () => {
    const Item = row(100, { gsi1pk: { S: 'T#t' }, gsi2pk: { S: 'T#t' } });
    expect(measureDynamo()('PutItem', { TableName: 'core', Item }, {}).write).toBe(3);
  });

  test('an update counts as large as rows of its kind were written', () => {
    const measure = measureDynamo();
    measure('PutItem', { TableName: 'core', Item: row(3000) }, {});
    expect(measure('UpdateItem', { TableName: 'core', Key: { pk: { S: 'T#t' }, sk: { S: 'SHOT#2' } } }, {}).write).toBe(
      3,
    );
  });

  test('a page is read by its size, at half the price when it need not be the newest', () => {
    const Items = [row(5000), row(5000)];
    expect(measureDynamo()('Query', { TableName: 'core' }, { Items }).read).toBe(1.5);
    expect(measureDynamo()('Query', { TableName: 'core', ConsistentRead: true }, { Items }).read).toBe(3);
  });

  test('a call nobody taught it to count stops it', () => {
    expect(() => measureDynamo()('Scan', { TableName: 'core' }, {})).toThrow('Scan is not counted yet');
  });
});

describe('prices', () => {
  test('what is free costs nothing, and only what is above it is paid', () => {
    expect(costOf('monthlyUser', 10_000)).toBe(0);
    expect(costOf('monthlyUser', 100_000)).toBeCloseTo(1350);
    expect(costOf('writeUnit', 1_000_000)).toBeCloseTo(0.625);
  });

  test('more users never cost less', () => {
    const users = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(users, users, (one, other) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)];
        expect(totalOf(monthOf(many, counts, standing))).toBeGreaterThanOrEqual(
          totalOf(monthOf(few, counts, standing)),
        );
      }),
    );
  });

  test('a thousand users cost at most ¥0.9 each', () => {
    expect(yuanAUser(monthOf(1000, counts, standing), 1000)).toBeLessThanOrEqual(goal);
  });
});

test('docs/cost.md is what the model says of the prod stage; if not: npm run cost', synthesis, async () => {
  const { folder } = await synthesised('prod');
  expect(readFileSync('docs/cost.md', 'utf8')).toBe(reportOf(counts, standingOf(folder)));
});
