// The tables, by operating need (docs/adr/0001, 2): core is restored and streamed, directory crosses tenants, ephemeral expires, audit is only added to.
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import { alarm, fiveMinutes } from '../patterns/alarm.ts';
import { auditIndexes, coreIndexes } from '../patterns/grants.ts';
import { RecordTable } from '../patterns/record-table.ts';

/** Attribute that ends a row's life, in every table that has one (core/platform/event.ts, core/platform/audit.ts, core/socket/store.ts). */
const ttl = 'expires_at';

export type RecordsProps = { readonly config: StageConfig; readonly key: IKey; readonly alarms: ITopic };

export class Records extends Construct {
  readonly core: ITable;
  readonly directory: ITable;
  readonly ephemeral: ITable;
  readonly audit: ITable;

  constructor(scope: Construct, id: string, { config, key, alarms }: RecordsProps) {
    super(scope, id);
    this.core = new RecordTable(this, 'Core', { config, key, indexes: coreIndexes, ttl, stream: true });
    this.directory = new RecordTable(this, 'Directory', { config, key, ttl });
    this.ephemeral = new RecordTable(this, 'Ephemeral', { config, key, ttl, disposable: true });
    acknowledge(this.ephemeral, 'disposable');
    this.audit = new RecordTable(this, 'Audit', { config, key, indexes: auditIndexes, ttl, stream: true });
    for (const kind of ['Read', 'Write'] as const)
      alarm(this, config, alarms, {
        name: `core/${kind.toLowerCase()}s-throttled`,
        severity: 'ticket',
        whenItFails: 'calls are slow or answer BUSY, because one tenant asks for more than a partition gives',
        runbook: 'rows-are-throttled',
        metric: new Metric({
          namespace: 'AWS/DynamoDB',
          metricName: `${kind}ThrottleEvents`,
          dimensionsMap: { TableName: this.core.tableName },
          period: fiveMinutes,
          statistic: 'Sum',
        }),
        threshold: 10,
      });
  }
}
