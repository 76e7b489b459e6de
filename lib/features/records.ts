// The tables, by operating need (docs/adr/0001, 2): core is restored and streamed, directory crosses tenants, ephemeral expires, audit is only added to.
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Place } from '../../core/platform/place.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import { alarm, fiveMinutes } from '../patterns/alarm.ts';
import { auditIndexes, coreIndexes } from '../patterns/data-grants.ts';
import { RecordTable, type RecordTableProps } from '../patterns/record-table.ts';

/** Attribute that ends a row's life, in every table that has one (core/platform/event.ts, core/platform/audit.ts, core/socket/store.ts). */
const ttl = 'expires_at';

/** Names of tables, where they are not left to CloudFormation. */
type TableNames = Partial<Pick<Place, 'core' | 'ephemeral' | 'audit'>>;

export type TenantTables = { readonly core: ITable; readonly ephemeral: ITable; readonly audit: ITable };

export type RecordsProps = { readonly config: StageConfig; readonly key: IKey; readonly alarms: ITopic };

/** The tables that hold what belongs to tenants: of the pool, or of one silo. `of`: names the alarms. */
export function tenantTables(
  scope: Construct,
  { config, key, alarms, of, names = {} }: RecordsProps & { readonly of: string; readonly names?: TableNames },
): TenantTables {
  const table = (
    id: string,
    name: keyof TableNames,
    more: Pick<RecordTableProps, 'indexes' | 'stream' | 'disposable'>,
  ) =>
    new RecordTable(scope, id, { config, key, ttl, ...(names[name] !== undefined && { name: names[name] }), ...more });
  const core = table('Core', 'core', { indexes: coreIndexes, stream: true });
  const ephemeral = table('Ephemeral', 'ephemeral', { disposable: true });
  acknowledge(ephemeral, 'disposable');
  const audit = table('Audit', 'audit', { indexes: auditIndexes, stream: true });
  for (const kind of ['Read', 'Write'] as const)
    alarm(scope, config, alarms, {
      name: `${of}/${kind.toLowerCase()}s-throttled`,
      severity: 'ticket',
      whenItFails: 'calls are slow or answer BUSY, because one tenant asks for more than a partition gives',
      runbook: 'rows-are-throttled',
      metric: new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: `${kind}ThrottleEvents`,
        dimensionsMap: { TableName: core.tableName },
        period: fiveMinutes,
        statistic: 'Sum',
      }),
      threshold: 10,
    });
  return { core, ephemeral, audit };
}

export class Records extends Construct {
  readonly core: ITable;
  readonly directory: ITable;
  readonly ephemeral: ITable;
  readonly audit: ITable;

  constructor(scope: Construct, id: string, { config, key, alarms }: RecordsProps) {
    super(scope, id);
    this.directory = new RecordTable(this, 'Directory', { config, key, ttl });
    const { core, ephemeral, audit } = tenantTables(this, { config, key, alarms, of: 'core' });
    this.core = core;
    this.ephemeral = ephemeral;
    this.audit = audit;
  }
}
