// Usage of models, added up by day from the table stream; and alerts when quotas are nearly used up.
import { Duration } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Ground } from '../patterns/ground.ts';
import { events, StreamConsumer } from '../patterns/stream-consumer.ts';

export class Usage extends StreamConsumer {
  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    const rows = events(FilterRule.isEqual('usage.recorded'));
    const changed = { __edb_e__: { S: FilterRule.isEqual('quota') } };
    const on = { config, ground, reach: ground, which: 'core' as const };
    super(scope, id, { ...on, name: 'stream-usage', rows, changed, window: Duration.seconds(1), severity: 'ticket' });
  }
}
