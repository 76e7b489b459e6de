// Rights of item calls: the action, the ARN of the table or index, and the partition keys (`dynamodb:LeadingKeys`).
// Source: "Using IAM policy conditions for fine-grained access control" (Amazon DynamoDB Developer Guide).
import { indexArn, tableArn } from '../store/names.ts';
import type { Table } from '../store/table.ts';
import { attributeOf, type Item } from '../value/value.ts';
import type { Access, World } from './call.ts';

const nameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? '') : nameOrArn;

/** A partition key as IAM sees it: the text of the string, the number or the base64. */
const leadingKey = (item: Item, table: Table | undefined): string[] => {
  const value = table && attributeOf(item, table.keys.hash.name);
  // Of the key's own type: another member of the value, which the call will pass over or refuse, proves nothing.
  const content: unknown = value && (value as unknown as Record<string, unknown>)[table.keys.hash.type];
  return typeof content === 'string' ? [content] : [];
};

/** The right to one action on a table, for the partition keys of some items or keys. */
export const onItems = (action: string, nameOrArn: string, items: readonly Item[], { store }: World): Access => {
  const table = store.catalog.find(nameOrArn);
  const leadingKeys = [...new Set(items.flatMap((item) => leadingKey(item, table)))];
  return {
    action: `dynamodb:${action}`,
    resource: tableArn(nameOf(nameOrArn)),
    ...(leadingKeys.length > 0 && { leadingKeys }),
  };
};

/** The right to one action on a table, or on one of its indexes. */
export const onTable = (action: string, nameOrArn: string, index?: string): Access => ({
  action: `dynamodb:${action}`,
  resource: index === undefined ? tableArn(nameOf(nameOrArn)) : indexArn(nameOf(nameOrArn), index),
});
