import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;
const Key = { pk: { S: 'p' }, sk: { S: 's' } };

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client);
});
afterAll(() => g.stop());

describe('an expression is refused', () => {
  const attempt = (ConditionExpression: string, more: object = {}) =>
    refusal(g.client.send(new PutItemCommand({ TableName, Item: Key, ConditionExpression, ...more })));
  const value = { ExpressionAttributeValues: { ':v': { N: '1' } } };

  test.each([
    [
      'for a reserved word',
      'name = :v',
      value,
      'Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name',
    ],
    ['for bad grammar', 'a = = b', {}, 'Invalid ConditionExpression: Syntax error; token: "=", near: "= = b"'],
    ['for being empty', '', {}, 'Invalid ConditionExpression: The expression can not be empty;'],
    [
      'for a value nobody gave',
      'a = :w',
      value,
      'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :w',
    ],
    [
      'for a name nobody gave',
      '#a = :v',
      value,
      'Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #a',
    ],
    [
      'for a value nobody uses',
      'attribute_exists(a)',
      value,
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
    ],
    [
      'for a name nobody uses',
      'attribute_exists(a)',
      { ExpressionAttributeNames: { '#b': 'b' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}',
    ],
    ['for an unknown function', 'f(a, :v)', value, 'Invalid ConditionExpression: Invalid function name; function: f'],
    [
      'for a function on the wrong type',
      'begins_with(a, :v)',
      value,
      'Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'for a value that is none',
      'a = :v',
      { ExpressionAttributeValues: { ':v': { N: 'x' } } },
      'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v',
    ],
  ])('%s', async (_, text, more, message) => {
    const answer = await attempt(text, more);
    expect(answer.name).toBe('ValidationException');
    // the grammar tells where it stopped in its own words
    expect(answer.message.startsWith(message.split('; token')[0] as string)).toBe(true);
  });

  test('for bounds in the wrong order', async () => {
    const ExpressionAttributeValues = { ':v': { N: '2' }, ':w': { N: '1' } };
    expect(await attempt('a between :v and :w', { ExpressionAttributeValues })).toEqual(
      invalid(
        'Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
          'lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
      ),
    );
  });

  test('for its length', async () => {
    const text = `attribute_exists(${'a'.repeat(4100)})`;
    expect(await attempt(text)).toEqual(
      invalid(
        `Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: ${text.length}`,
      ),
    );
  });

  test('for a path into a key', async () => {
    expect(await attempt('attribute_exists(pk.a)')).toEqual(
      invalid("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk"),
    );
  });

  test('for values without an expression', async () => {
    const call = g.client.send(new PutItemCommand({ TableName, Item: Key, ...value }));
    expect((await refusal(call)).message).toBe(
      'ExpressionAttributeValues can only be specified when using expressions',
    );
  });
});
