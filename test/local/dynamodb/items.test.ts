import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, invalid, refusal } from './cloud.ts';

let g: Ground;
let TableName: string;
const Key = { pk: { S: 'a' }, sk: { S: '1' } };

beforeAll(async () => {
  g = await ground();
  TableName = await aTable(g.client, { indexes: ['byOwner owner:S sk:S'] });
});
afterAll(() => g.stop());

const get = async (key: typeof Key = Key) => (await g.client.send(new GetItemCommand({ TableName, Key: key }))).Item;

describe('an item', () => {
  test('comes back as it was put, of every type', async () => {
    const Item = {
      ...Key,
      text: { S: '刀光一闪\u0000🗡' },
      empty: { S: '' },
      number: { N: '12.5' },
      bytes: { B: new Uint8Array([0, 255, 7]) },
      yes: { BOOL: true },
      nothing: { NULL: true },
      names: { SS: ['李砚', '黑衣人'] },
      counts: { NS: ['1', '2.5'] },
      blobs: { BS: [new Uint8Array([1]), new Uint8Array([2])] },
      list: { L: [{ S: 'x' }, { M: { inner: { L: [] } } }] },
      map: { M: { __proto__x: { S: 'y' }, constructor: { N: '0' } } },
    };
    await g.client.send(new PutItemCommand({ TableName, Item }));
    expect(await get()).toEqual(Item);
  });

  test('is nothing when nobody put it', async () => {
    expect(await get({ pk: { S: 'a' }, sk: { S: 'none' } })).toBeUndefined();
  });

  test('shows only what a projection asks for', async () => {
    const key = { pk: { S: 'a' }, sk: { S: 'projected' } };
    const Item = {
      ...key,
      a: { S: 'A' },
      m: { M: { x: { N: '1' }, y: { N: '2' } } },
      l: { L: [{ S: '0' }, { S: '1' }, { S: '2' }] },
    };
    await g.client.send(new PutItemCommand({ TableName, Item }));
    const ProjectionExpression = '#m.x, l[2], l[0], nope, a';
    const input = { TableName, Key: key, ProjectionExpression, ExpressionAttributeNames: { '#m': 'm' } };
    const { Item: found } = await g.client.send(new GetItemCommand(input));
    expect(found).toEqual({ a: { S: 'A' }, m: { M: { x: { N: '1' } } }, l: { L: [{ S: '0' }, { S: '2' }] } });
  });

  test('that was deleted is handed over once', async () => {
    const key = { pk: { S: 'a' }, sk: { S: 'gone' } };
    await g.client.send(new PutItemCommand({ TableName, Item: { ...key, n: { N: '1' } } }));
    const input = { TableName, Key: key, ReturnValues: 'ALL_OLD' as const };
    expect((await g.client.send(new DeleteItemCommand(input))).Attributes).toEqual({ ...key, n: { N: '1' } });
    expect((await g.client.send(new DeleteItemCommand(input))).Attributes).toBeUndefined();
  });

  test('that is replaced is handed over with ALL_OLD', async () => {
    const key = { pk: { S: 'a' }, sk: { S: 'twice' } };
    await g.client.send(new PutItemCommand({ TableName, Item: { ...key, v: { N: '1' } } }));
    const second = new PutItemCommand({ TableName, Item: { ...key, v: { N: '2' } }, ReturnValues: 'ALL_OLD' });
    expect((await g.client.send(second)).Attributes).toEqual({ ...key, v: { N: '1' } });
  });
});

describe('what an update answers', () => {
  const update = async (sk: string, ReturnValues: 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW' | 'NONE') => {
    const key = { pk: { S: 'r' }, sk: { S: sk } };
    await g.client.send(new PutItemCommand({ TableName, Item: { ...key, n: { N: '1' }, other: { S: 'o' } } }));
    const ExpressionAttributeValues = { ':one': { N: '1' } };
    const input = {
      TableName,
      Key: key,
      UpdateExpression: 'SET n = n + :one',
      ExpressionAttributeValues,
      ReturnValues,
    };
    return (await g.client.send(new UpdateItemCommand(input))).Attributes;
  };

  test.each([
    ['ALL_OLD', { pk: { S: 'r' }, sk: { S: 'ALL_OLD' }, n: { N: '1' }, other: { S: 'o' } }],
    ['ALL_NEW', { pk: { S: 'r' }, sk: { S: 'ALL_NEW' }, n: { N: '2' }, other: { S: 'o' } }],
    ['UPDATED_OLD', { n: { N: '1' } }],
    ['UPDATED_NEW', { n: { N: '2' } }],
    ['NONE', undefined],
  ] as const)('%s', async (asked, answer) => {
    expect(await update(asked, asked)).toEqual(answer);
  });

  test('an update of nothing makes the item', async () => {
    const key = { pk: { S: 'r' }, sk: { S: 'new' } };
    const { Attributes } = await g.client.send(new UpdateItemCommand({ TableName, Key: key, ReturnValues: 'ALL_NEW' }));
    expect(Attributes).toEqual(key);
  });
});

describe('a call is refused', () => {
  const put = (Item: Record<string, unknown>) => g.client.send(new PutItemCommand({ TableName, Item: Item as never }));

  test.each([
    [
      'without the sort key',
      { pk: { S: 'a' } },
      'One or more parameter values were invalid: Missing the key sk in the item',
    ],
    [
      'with a key of another type',
      { pk: { N: '1' }, sk: { S: '1' } },
      'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
    ],
    [
      'with an empty key',
      { pk: { S: '' }, sk: { S: '1' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
    [
      'with an index key of another type',
      { ...Key, owner: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for Index Key owner Expected: S Actual: N IndexName: byOwner',
    ],
    [
      'with an empty index key',
      { ...Key, owner: { S: '' } },
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byOwner, IndexKey: owner',
    ],
    [
      'with an empty set',
      { ...Key, s: { SS: [] } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'with a set that says a thing twice',
      { ...Key, s: { SS: ['a', 'a'] } },
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    ['with numbers that are one number', { ...Key, s: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
    [
      'with NULL that is not true',
      { ...Key, s: { NULL: false } },
      'One or more parameter values were invalid: Null attribute value types must have the value of true',
    ],
    [
      'with a number that is none',
      { ...Key, n: { N: '1x' } },
      'The parameter cannot be converted to a numeric value: 1x',
    ],
  ])('a put %s', async (_, item, message) => {
    expect(await refusal(put(item))).toEqual(invalid(message));
  });

  test('a read with part of the key, or with more than it', async () => {
    const message = 'The provided key element does not match the schema';
    for (const key of [{ pk: { S: 'a' } }, { ...Key, more: { S: 'x' } }, { pk: { S: 'a' }, sk: { N: '1' } }])
      expect(await refusal(g.client.send(new GetItemCommand({ TableName, Key: key as never })))).toEqual(
        invalid(message),
      );
  });

  test('a table that is not there', async () => {
    const call = g.client.send(new GetItemCommand({ TableName: 'nowhere', Key }));
    expect(await refusal(call)).toEqual({ name: 'ResourceNotFoundException', message: 'Requested resource not found' });
  });

  test('a name of a table that cannot be one', async () => {
    const call = g.client.send(new GetItemCommand({ TableName: 'a?', Key }));
    expect(await refusal(call)).toEqual(
      invalid(
        "2 validation errors detected: Value 'a?' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: " +
          "[a-zA-Z0-9_.-]+; Value 'a?' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
      ),
    );
  });

  test('values that a put cannot return', async () => {
    const call = g.client.send(new PutItemCommand({ TableName, Item: Key, ReturnValues: 'ALL_NEW' }));
    expect(await refusal(call)).toEqual(invalid('Return values set to invalid value'));
  });

  test('the old interface without expressions, with what to use instead', async () => {
    const call = g.client.send(new GetItemCommand({ TableName, Key, AttributesToGet: ['a'] }));
    expect(await refusal(call)).toEqual(
      invalid('The parameter AttributesToGet is not available in the local cloud; use ProjectionExpression instead.'),
    );
  });
});
