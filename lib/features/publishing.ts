// The table stream as outbox: what a commit announced is published by one function, in order.
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { catalog } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { acknowledgeWildcards } from '../patterns/acknowledge.ts';
import { alarm, fiveMinutes } from '../patterns/alarm.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import { decrypting, keyUse } from '../patterns/grants.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';

const name = 'stream-publish';

export type PublishingProps = { readonly config: StageConfig; readonly ground: Ground; readonly reach: Reach };

export class Publishing extends Construct {
  constructor(scope: Construct, id: string, { config, ground, reach }: PublishingProps) {
    super(scope, id);
    const { alarms, core } = ground;
    const { whenItFails } = catalog[name];
    const stream = core.tableStreamArn;
    if (!stream) throw new Error('The core table has no stream.');
    const service = new ServiceFunction(this, name, { config, reach, alarms });
    const publishing = service.function;
    publishing.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [stream],
      }),
    );
    publishing.addToRolePolicy(keyUse(this, ground, decrypting));
    const streams = `${core.tableArn}/stream/*`;
    publishing.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [streams] }));
    acknowledgeWildcards(service, [streams]);
    const deadLetters = new DeadLetters(this, 'DeadLetters', { config, alarms, of: name, whenItFails });
    new EventSourceMapping(this, 'Stream', {
      target: publishing,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetters),
      // rows of the product change far more often than facts are announced
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { NewImage: { __edb_e__: { S: FilterRule.isEqual('event') } } },
        }),
      ],
    });
    alarm(this, config, alarms, {
      name: `${name}/age`,
      severity: 'page',
      whenItFails,
      runbook: 'the-stream-falls-behind',
      metric: publishing.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum' }),
      threshold: Duration.minutes(2).toMilliseconds(),
      periods: 2,
    });
  }
}
