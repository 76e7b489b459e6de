// The tables, by operating need (docs/adr/0001, 2): core is restored and streamed, directory crosses tenants, ephemeral expires.
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import { coreIndexes } from '../patterns/grants.ts';
import { RecordTable } from '../patterns/record-table.ts';

/** Attribute that ends a row's life, in every table that has one (core/platform/event.ts, core/socket/store.ts). */
const ttl = 'expires_at';

export class Records extends Construct {
  readonly core: ITable;
  readonly directory: ITable;
  readonly ephemeral: ITable;

  constructor(scope: Construct, id: string, { config, key }: { config: StageConfig; key: IKey }) {
    super(scope, id);
    this.core = new RecordTable(this, 'Core', { config, key, indexes: coreIndexes, ttl, stream: true });
    this.directory = new RecordTable(this, 'Directory', { config, key });
    this.ephemeral = new RecordTable(this, 'Ephemeral', { config, key, ttl, disposable: true });
    acknowledge(this.ephemeral, 'disposable');
  }
}
