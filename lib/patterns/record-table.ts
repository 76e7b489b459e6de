// A table of rows keyed pk and sk, encrypted with our key and billed by use.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

export type RecordTableProps = {
  readonly config: StageConfig;
  readonly key: IKey;
  /** Left to CloudFormation where it is left out. */
  readonly name?: string;
  /** Names of indexes; the keys of `gsi1` are gsi1pk and gsi1sk. */
  readonly indexes?: readonly string[];
  /** Attribute holding the end of a row's life, epoch seconds. */
  readonly ttl?: string;
  readonly stream?: true;
  /** Rows that nobody would want back: no backups, no protection. */
  readonly disposable?: true;
};

const text = (name: string) => ({ name, type: AttributeType.STRING });

export class RecordTable extends Table {
  constructor(scope: Construct, id: string, props: RecordTableProps) {
    const { config, key, name, indexes = [], ttl, stream, disposable } = props;
    super(scope, id, {
      ...(name !== undefined && { tableName: name }),
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: disposable
        ? { pointInTimeRecoveryEnabled: false }
        : { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: config.restoreDays },
      deletionProtection: config.deletionProtection && !disposable,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : config.data,
      ...(ttl && { timeToLiveAttribute: ttl }),
      ...(stream && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
    });
    for (const indexName of indexes)
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(`${indexName}pk`),
        sortKey: text(`${indexName}sk`),
      });
  }
}
