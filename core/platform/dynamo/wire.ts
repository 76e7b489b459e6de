// Requests and answers between plain values and the wire: which of their members hold items (DynamoDB API Reference, each operation).
import { type Attribute, fromItem, toItem } from './attribute.ts';
import type { Operation } from './command.ts';

type Plain = Record<string, unknown>;
type Item = Record<string, Attribute>;

const given = ['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const;
const got = ['Item', 'Attributes', 'LastEvaluatedKey'] as const;

function withItems(input: Plain): Plain {
  const wire = { ...input };
  for (const name of given) if (wire[name] !== undefined) wire[name] = toItem(wire[name] as Plain);
  return wire;
}

/** Of each member of an object something else under the same name. */
function each<T>(object: Record<string, T>, change: (value: T) => unknown): Plain {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

type Keys = { readonly Keys: readonly Plain[] };

/** @param token of a transaction, so that it is done once however often it is sent */
export function requestOf(operation: Operation, input: object, token: () => string): Plain {
  const plain = input as Plain;
  if (operation === 'TransactWriteItems') {
    const actions = plain.TransactItems as Record<string, Plain>[];
    const TransactItems = actions.map((action) => each(action, withItems));
    return { ClientRequestToken: token(), ...plain, TransactItems };
  }
  if (operation !== 'BatchGetItem') return withItems(plain);
  const tables = plain.RequestItems as Record<string, Keys>;
  return { ...plain, RequestItems: each(tables, (asked) => ({ ...asked, Keys: asked.Keys.map(toItem) })) };
}

export function answerOf(operation: Operation, body: Plain): Plain {
  const answer = { ...body };
  for (const name of got) if (answer[name] !== undefined) answer[name] = fromItem(answer[name] as Item);
  if (answer.Items !== undefined) answer.Items = (answer.Items as Item[]).map(fromItem);
  if (operation !== 'BatchGetItem') return answer;
  const { Responses = {}, UnprocessedKeys = {} } = body as {
    Responses?: Record<string, Item[]>;
    UnprocessedKeys?: Record<string, { readonly Keys: Item[] }>;
  };
  return {
    ...answer,
    Responses: each(Responses, (items) => items.map(fromItem)),
    UnprocessedKeys: each(UnprocessedKeys, (left) => ({ ...left, Keys: left.Keys.map(fromItem) })),
  };
}
