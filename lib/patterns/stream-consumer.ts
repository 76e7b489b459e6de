// A function that follows the stream of a table in order, for rows of one kind that are new, and of another that change. A stream feeds two such functions, no more: DynamoDB slows a third down.
import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { catalog, type FunctionName } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { alarm, fiveMinutes, type Severity } from './alarm.ts';
import { DeadLetters } from './dead-letters.ts';
import { decrypting, keyUse } from './grants.ts';
import type { Ground, Reach } from './ground.ts';
import { ServiceFunction } from './service-function.ts';

/** The image of an event that a commit announced, of one of these types. */
export const events = (types: unknown[]) => ({ __edb_e__: { S: FilterRule.isEqual('event') }, type: { S: types } });

export type StreamConsumerProps = {
  readonly name: Extract<FunctionName, `stream-${string}`>;
  readonly table: ITable;
  /** What new rows it is given, as the pattern of their image has it. */
  readonly rows: Readonly<Record<string, unknown>>;
  /** What changed rows it is given, in the same way; none where it is left out. */
  readonly changed?: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly config: StageConfig;
  readonly ground: Ground;
  readonly reach: Reach;
};

export class StreamConsumer extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, table, rows, changed, severity, config, ground, reach }: StreamConsumerProps,
  ) {
    super(scope, id);
    const { alarms } = ground;
    const { whenItFails } = catalog[name];
    const stream = table.tableStreamArn;
    if (!stream) throw new Error(`${name} follows a table that has no stream.`);
    const service = new ServiceFunction(this, name, { config, reach, alarms });
    const consumer = service.function;
    consumer.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [stream],
      }),
    );
    consumer.addToRolePolicy(keyUse(this, ground, decrypting));
    const streams = `${table.tableArn}/stream/*`;
    consumer.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [streams] }));
    acknowledgeWildcards(service, [streams]);
    const deadLetters = new DeadLetters(this, 'DeadLetters', { config, alarms, of: name, whenItFails });
    new EventSourceMapping(this, 'Stream', {
      target: consumer,
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
        FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: rows } }),
        ...(changed
          ? [FilterCriteria.filter({ eventName: FilterRule.isEqual('MODIFY'), dynamodb: { NewImage: changed } })]
          : []),
      ],
    });
    alarm(this, config, alarms, {
      name: `${name}/age`,
      severity,
      whenItFails,
      runbook: 'the-stream-falls-behind',
      metric: consumer.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum' }),
      threshold: Duration.minutes(2).toMilliseconds(),
      periods: 2,
    });
  }
}
