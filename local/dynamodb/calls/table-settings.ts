// UpdateTimeToLive and DescribeTimeToLive; UpdateContinuousBackups and DescribeContinuousBackups, which are kept as said and no more.
import { DynamoFailure, invalid } from '../failure.ts';
import type { Table } from '../store/table.ts';
import { onTable } from './access.ts';
import { call, tableName } from './call.ts';
import { namedTable } from './table-calls.ts';

type Named = { readonly TableName: string };
type Life = { readonly Enabled: boolean; readonly AttributeName: string };

export const updateTimeToLive = call<Named & { readonly TimeToLiveSpecification: Life }>({
  parameters: {
    TableName: tableName,
    TimeToLiveSpecification: {
      kind: 'members',
      required: true,
      of: {
        Enabled: { kind: 'flag', required: true },
        AttributeName: { kind: 'text', required: true, min: 1, max: 255 },
      },
    },
  },
  access: ({ TableName }) => [onTable('UpdateTimeToLive', TableName)],
  run: ({ TableName, TimeToLiveSpecification: asked }, { store }) => {
    const table = namedTable(TableName, store);
    const { ttl, ...others } = table.settings;
    if (asked.Enabled && ttl === asked.AttributeName) throw invalid('TimeToLive is already enabled');
    if (asked.Enabled && ttl !== undefined)
      throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${ttl}`);
    if (!asked.Enabled && ttl === undefined) throw invalid('TimeToLive is already disabled');
    store.catalog.update(table, { ...others, ...(asked.Enabled && { ttl: asked.AttributeName }) });
    return { TimeToLiveSpecification: asked };
  },
});

export const describeTimeToLive = call<Named>({
  parameters: { TableName: tableName },
  access: ({ TableName }) => [onTable('DescribeTimeToLive', TableName)],
  run: ({ TableName }, { store }) => {
    const { ttl } = namedTable(TableName, store).settings;
    const status =
      ttl === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: ttl };
    return { TimeToLiveDescription: status };
  },
});

const backupsOf = (table: Table, now: number) => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: table.settings.recoverable
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: table.settings.created / 1000,
          LatestRestorableDateTime: now / 1000,
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  },
});

const backedUp = (name: string, { catalog }: Parameters<typeof namedTable>[1]): Table => {
  const table = catalog.find(name);
  if (!table) throw new DynamoFailure('ResourceNotFoundException', `Table not found: ${name}`);
  return table;
};

export const updateContinuousBackups = call<
  Named & { readonly PointInTimeRecoverySpecification: { readonly PointInTimeRecoveryEnabled: boolean } }
>({
  parameters: {
    TableName: tableName,
    PointInTimeRecoverySpecification: {
      kind: 'members',
      required: true,
      of: { PointInTimeRecoveryEnabled: { kind: 'flag', required: true } },
    },
  },
  access: ({ TableName }) => [onTable('UpdateContinuousBackups', TableName)],
  run: ({ TableName, PointInTimeRecoverySpecification: asked }, { store, now }) => {
    const table = backedUp(TableName, store);
    const updated = store.catalog.update(table, { ...table.settings, recoverable: asked.PointInTimeRecoveryEnabled });
    return backupsOf(updated, now());
  },
});

export const describeContinuousBackups = call<Named>({
  parameters: { TableName: tableName },
  access: ({ TableName }) => [onTable('DescribeContinuousBackups', TableName)],
  run: ({ TableName }, { store, now }) => backupsOf(backedUp(TableName, store), now()),
});
