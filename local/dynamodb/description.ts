// The description of a table, as CreateTable, DescribeTable, UpdateTable and DeleteTable answer it.
import type { Store } from './store/index.ts';
import { indexArn, rowsOf, streamArn } from './store/names.ts';
import type { Index, Table, TableSettings } from './store/table.ts';

const throughputOf = ({ throughput, billing }: TableSettings) => ({
  ...(billing === 'PAY_PER_REQUEST' && { BillingModeSummary: { BillingMode: billing } }),
  ProvisionedThroughput: {
    NumberOfDecreasesToday: 0,
    ...(throughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }),
  },
});

const describeIndex = (table: Table, index: Index) => ({
  IndexName: index.name,
  IndexArn: indexArn(table.name, index.name),
  IndexStatus: 'ACTIVE',
  KeySchema: index.keySchema,
  Projection: index.projection,
  ProvisionedThroughput: throughputOf(table.settings).ProvisionedThroughput,
});

/** Tables and indexes are there as soon as the call that makes them answers, so the status is ACTIVE at once. */
export const describeTable = (table: Table, { db }: Store, status = 'ACTIVE'): object => {
  const { settings, stream } = table;
  const [count, bytes] = db
    .sql(`SELECT count(*), coalesce(sum(size), 0) FROM ${rowsOf(table.id)}`)
    .get() as unknown as [number, number];
  return {
    TableName: table.name,
    TableId: settings.uuid,
    TableArn: table.arn,
    TableStatus: status,
    CreationDateTime: settings.created / 1000,
    AttributeDefinitions: settings.attributes,
    KeySchema: settings.keySchema,
    ItemCount: count,
    TableSizeBytes: bytes,
    ...throughputOf(settings),
    ...(table.indexes.length > 0 && {
      GlobalSecondaryIndexes: table.indexes.map((index) => describeIndex(table, index)),
    }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
      LatestStreamArn: streamArn(table, stream),
      LatestStreamLabel: stream.label,
    }),
    DeletionProtectionEnabled: settings.protected,
  };
};
