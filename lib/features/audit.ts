// Audit lines, linked to the chain of their tenant from the stream of their table.
import { Duration } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Ground } from '../patterns/ground.ts';
import { StreamConsumer } from '../patterns/stream-consumer.ts';

export class Audit extends StreamConsumer {
  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    // blocks and links lie beside the lines
    const rows = { __edb_e__: { S: FilterRule.isEqual('audit') } };
    const on = { config, ground, reach: ground, which: 'audit' as const };
    super(scope, id, { ...on, name: 'stream-audit', rows, window: Duration.seconds(1), severity: 'ticket' });
  }
}
