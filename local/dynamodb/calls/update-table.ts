// UpdateTable: indexes come and go, streams are turned on and off; billing is kept as said.
import { describeTable } from '../description.ts';
import { DynamoFailure, invalid } from '../failure.ts';
import type { Table, TableSettings } from '../store/table.ts';
import { onTable } from './access.ts';
import { call, flag, tableName } from './call.ts';
import { checkStream } from './create-table.ts';
import {
  attributeDefinitions,
  billing,
  type IndexInput,
  index,
  newStream,
  type StreamInput,
  streamSpecification,
  type Throughput,
  throughput,
} from './schema.ts';
import { namedTable } from './table-calls.ts';

type IndexChange = {
  readonly Create?: IndexInput;
  readonly Delete?: { readonly IndexName: string };
  readonly Update?: object;
};

type Input = {
  readonly TableName: string;
  readonly AttributeDefinitions?: TableSettings['attributes'];
  readonly GlobalSecondaryIndexUpdates?: readonly IndexChange[];
  readonly StreamSpecification?: StreamInput;
  readonly BillingMode?: TableSettings['billing'];
  readonly ProvisionedThroughput?: Throughput;
  readonly DeletionProtectionEnabled?: boolean;
};

/** Most indexes of a table ("Quotas in Amazon DynamoDB"). */
const MOST_INDEXES = 20;

const addIndex = (settings: TableSettings, { IndexName, KeySchema, Projection }: IndexInput): TableSettings => {
  const start = 'One or more parameter values were invalid:';
  if (settings.indexes.some(({ name }) => name === IndexName))
    throw invalid(`${start} Duplicate index name: ${IndexName}`);
  if (settings.indexes.length >= MOST_INDEXES)
    throw new DynamoFailure(
      'LimitExceededException',
      `GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_INDEXES}`,
    );
  if (KeySchema[0]?.KeyType !== 'HASH')
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (KeySchema[1] && KeySchema[1].KeyType !== 'RANGE')
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (Projection.ProjectionType === undefined) throw invalid(`${start} Unknown ProjectionType: null`);
  const keys = KeySchema.map(({ AttributeName }) => AttributeName);
  const defined = settings.attributes.map(({ AttributeName }) => AttributeName);
  if (keys.some((key) => !defined.includes(key)))
    throw invalid(
      `${start} Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  const number = settings.numbered + 1;
  const made = { number, name: IndexName, keySchema: KeySchema, projection: Projection };
  return { ...settings, numbered: number, indexes: [...settings.indexes, made] };
};

const removeIndex = (settings: TableSettings, name: string): TableSettings => {
  if (!settings.indexes.some((one) => one.name === name))
    throw new DynamoFailure('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
  return { ...settings, indexes: settings.indexes.filter((one) => one.name !== name) };
};

const withIndexes = (
  settings: TableSettings,
  { AttributeDefinitions: given = [], GlobalSecondaryIndexUpdates = [] }: Input,
): TableSettings => {
  const known = settings.attributes.filter(
    ({ AttributeName }) => !given.some((one) => one.AttributeName === AttributeName),
  );
  let next: TableSettings = { ...settings, attributes: [...known, ...given] };
  for (const { Create, Delete } of GlobalSecondaryIndexUpdates) {
    if (Create) next = addIndex(next, Create);
    if (Delete) next = removeIndex(next, Delete.IndexName);
  }
  // Definitions that no key uses are forgotten.
  const used = new Set(
    [next.keySchema, ...next.indexes.map(({ keySchema }) => keySchema)]
      .flat()
      .map(({ AttributeName }) => AttributeName),
  );
  return { ...next, attributes: next.attributes.filter(({ AttributeName }) => used.has(AttributeName)) };
};

const withStream = (
  settings: TableSettings,
  table: Table,
  stream: StreamInput | undefined,
  now: number,
): TableSettings => {
  checkStream(stream);
  if (!stream) return settings;
  if (stream.StreamEnabled && stream.StreamViewType) {
    if (table.stream) throw invalid(`Table already has an enabled stream: TableName: ${table.name}`);
    const number = settings.numbered + 1;
    const made = newStream(stream.StreamViewType, number, settings.streams.length === 0, now);
    return { ...settings, numbered: number, streams: [...settings.streams, made] };
  }
  if (!table.stream) throw invalid(`Table is already without a stream: TableName: ${table.name}`);
  return {
    ...settings,
    streams: settings.streams.map((one) => (one.number === table.stream?.number ? { ...one, closed: now } : one)),
  };
};

export const updateTable = call<Input>({
  parameters: {
    TableName: tableName,
    AttributeDefinitions: attributeDefinitions,
    GlobalSecondaryIndexUpdates: {
      kind: 'list',
      of: {
        kind: 'members',
        of: { Create: index, Delete: { kind: 'members', of: { IndexName: { kind: 'text', required: true } } } },
      },
    },
    StreamSpecification: streamSpecification,
    BillingMode: billing,
    ProvisionedThroughput: throughput,
    DeletionProtectionEnabled: flag,
  },
  access: ({ TableName }) => [onTable('UpdateTable', TableName)],
  run: (input, { store, now }) => {
    const table = namedTable(input.TableName, store);
    const settings = withStream(withIndexes(table.settings, input), table, input.StreamSpecification, now());
    const updated = store.catalog.update(table, {
      ...settings,
      ...(input.BillingMode && { billing: input.BillingMode }),
      ...(input.ProvisionedThroughput && { throughput: input.ProvisionedThroughput }),
      ...(input.DeletionProtectionEnabled !== undefined && { protected: input.DeletionProtectionEnabled }),
    });
    return { TableDescription: describeTable(updated, store) };
  },
});
