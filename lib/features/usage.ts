// Usage of models, added up by day from the table stream.
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Ground } from '../patterns/ground.ts';
import { StreamConsumer } from '../patterns/stream-consumer.ts';

export class Usage extends StreamConsumer {
  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    const types = FilterRule.isEqual('usage.recorded');
    super(scope, id, { config, ground, reach: ground, name: 'stream-usage', types, severity: 'ticket' });
  }
}
