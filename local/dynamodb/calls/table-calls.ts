// DescribeTable, ListTables and DeleteTable.
import { describeTable as describe } from '../description.ts';
import { DynamoFailure, invalid } from '../failure.ts';
import type { Store } from '../store/index.ts';
import type { Table } from '../store/table.ts';
import { onTable } from './access.ts';
import { call, tableName } from './call.ts';

/** The table a control call names. Throws ResourceNotFoundException with the name in its text. */
export const namedTable = (nameOrArn: string, { catalog }: Store): Table => {
  const table = catalog.find(nameOrArn);
  if (table) return table;
  throw new DynamoFailure('ResourceNotFoundException', `Requested resource not found: Table: ${nameOrArn} not found`);
};

type Named = { readonly TableName: string };

export const describeTable = call<Named>({
  parameters: { TableName: tableName },
  access: ({ TableName }) => [onTable('DescribeTable', TableName)],
  run: ({ TableName }, { store }) => ({ Table: describe(namedTable(TableName, store), store) }),
});

export const deleteTable = call<Named>({
  parameters: { TableName: tableName },
  access: ({ TableName }) => [onTable('DeleteTable', TableName)],
  run: ({ TableName }, { store }) => {
    const table = namedTable(TableName, store);
    if (table.settings.protected)
      throw invalid(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    const TableDescription = describe(table, store, 'DELETING');
    store.catalog.remove(table);
    return { TableDescription };
  },
});

export const listTables = call<{ readonly ExclusiveStartTableName?: string; readonly Limit?: number }>({
  parameters: {
    ExclusiveStartTableName: { kind: 'text', pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 },
    Limit: { kind: 'whole', min: 1, max: 100 },
  },
  access: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  run: ({ ExclusiveStartTableName: after = '', Limit: limit = 100 }, { store }) => {
    const rest = store.catalog.all().flatMap(({ name }) => (name > after ? [name] : []));
    const names = rest.slice(0, limit);
    return { TableNames: names, ...(rest.length > limit && { LastEvaluatedTableName: names.at(-1) }) };
  },
});
