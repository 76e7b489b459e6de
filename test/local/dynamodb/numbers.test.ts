import { type AttributeValue, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addNumbers, compareNumbers, normalNumber, orderedNumber } from '../../../local/dynamodb/value/number.ts';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { key: 'pk:S at:N' });
});
afterAll(() => g.stop());

const put = (at: string, more: Record<string, AttributeValue> = {}) =>
  g.client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'n' }, at: { N: at }, ...more } }));

describe('a number', () => {
  test.each([
    ['1.50', '1.5'],
    ['-0', '0'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['-12.340E-2', '-0.1234'],
    ['00012', '12'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    [
      '0.00000000000000000000000000000000000012345678901234567890123456789012345678',
      '0.00000000000000000000000000000000000012345678901234567890123456789012345678',
    ],
    ['9.9999999999999999999999999999999999999e125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
  ])('%s is kept as %s', async (given, kept) => {
    await put('1', { n: { N: given } });
    const { Item } = await g.client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'n' }, at: { N: '1.0' } } }));
    expect(Item?.n).toEqual({ N: kept });
  });

  test.each([
    ['123456789012345678901234567890123456789', 'Attempting to store more than 38 significant digits in a Number'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['', 'The parameter cannot be converted to a numeric value'],
  ])('%s is refused', async (given, message) => {
    expect(await refusal(put('1', { n: { N: given } }))).toEqual(invalid(message));
  });
});

// (coefficient, exponent) pairs cover signs, zeros and far ends alike
const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: -90, max: 80 }))
  .map(([digits, exponent]) => `${digits}e${exponent}`);
const small = fc
  .tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 0, max: 3 }))
  .map(([n, places]) => (n / 10 ** places).toFixed(places));

/** The value as a whole number of 10^-130. */
const exact = (text: string): bigint => {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(130 + Number(exponent) - fraction.length);
};
const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

describe('for any numbers', () => {
  test('one spelling stands for one value', () => {
    fc.assert(
      fc.property(fc.oneof(number, small), (text) => {
        const normal = normalNumber(text);
        expect(exact(normal)).toBe(exact(text));
        expect(normalNumber(normal)).toBe(normal);
      }),
    );
  });

  test('their texts in the store sort as they do', () => {
    fc.assert(
      fc.property(fc.oneof(number, small), fc.oneof(number, small), (a, b) => {
        const [one, other] = [a, b].map((text) => orderedNumber(normalNumber(text))) as [string, string];
        expect(order(exact(a), exact(b))).toBe(one < other ? -1 : one > other ? 1 : 0);
        expect(Math.sign(compareNumbers(normalNumber(a), normalNumber(b)))).toBe(order(exact(a), exact(b)));
      }),
    );
  });

  test('sums and differences are exact', () => {
    fc.assert(
      fc.property(small, small, fc.constantFrom<1 | -1>(1, -1), (a, b, sign) => {
        expect(exact(addNumbers(normalNumber(a), normalNumber(b), sign))).toBe(exact(a) + BigInt(sign) * exact(b));
      }),
    );
  });

  test('a query returns sort keys in their order, and between two of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(small, { minLength: 2, maxLength: 12, selector: exact }), async (texts) => {
        const pk = { S: `order-${Math.random()}` };
        for (const N of texts) await g.client.send(new PutItemCommand({ TableName, Item: { pk, at: { N } } }));
        const sorted = texts.map(normalNumber).sort((a, b) => order(exact(a), exact(b)));
        const [low, high] = [sorted[0] as string, sorted[1] as string];
        const all = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': pk } };
        const ats = (items: Record<string, AttributeValue>[] = []) => items.map(({ at }) => at?.N);
        expect(ats((await g.client.send(new QueryCommand(all))).Items)).toEqual(sorted);
        const bounds = { ':p': pk, ':low': { N: low }, ':high': { N: high } };
        const between = {
          ...all,
          KeyConditionExpression: 'pk = :p and #at between :low and :high',
          ExpressionAttributeNames: { '#at': 'at' },
        };
        expect(
          ats((await g.client.send(new QueryCommand({ ...between, ExpressionAttributeValues: bounds }))).Items),
        ).toEqual([low, high]);
      }),
      { numRuns: 25 },
    );
  });
});
