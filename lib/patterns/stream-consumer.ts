// A function that follows the stream of a table in order, for rows of one kind that are new, and of another that change. Of each silo's table too. A stream feeds two such functions, no more: DynamoDB slows a third down.
import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { catalog, type FunctionName } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { acknowledgeWildcards, wildcardsOf } from './acknowledge.ts';
import { alarm, fiveMinutes, type Severity } from './alarm.ts';
import { decrypting, keysUse } from './data-grants.ts';
import { DeadLetters } from './dead-letters.ts';
import type { Ground, Reach } from './ground.ts';
import { ownTableArn } from './own-place.ts';
import { ServiceFunction } from './service-function.ts';
import { statementsOf } from './tenant-data.ts';

/** The image of an event that a commit announced, of one of these types. */
export const events = (types: unknown[]) => ({ __edb_e__: { S: FilterRule.isEqual('event') }, type: { S: types } });

export type StreamConsumerProps = {
  readonly name: Extract<FunctionName, `stream-${string}`>;
  /** Which table it follows: the pool's, and that of each silo (lib/features/tenant.ts). */
  readonly which: 'core' | 'audit';
  /** What new rows it is given, as the pattern of their image has it. */
  readonly rows: Readonly<Record<string, unknown>>;
  /** What changed rows it is given, in the same way; none where it is left out. */
  readonly changed?: Readonly<Record<string, unknown>>;
  /** How long rows may wait for others, so that many small writes are one call of the function; not at all where it is left out. */
  readonly window?: Duration;
  readonly severity: Severity;
  readonly config: StageConfig;
  readonly ground: Ground;
  readonly reach: Reach;
};

export class StreamConsumer extends Construct {
  private readonly consumer: IFunction;
  private readonly deadLetters: IQueue;
  private readonly filters: Record<string, string>[];
  private readonly window: Duration | undefined;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { name, which, rows, changed, window, severity, config, ground, reach } = props;
    const { alarms } = ground;
    this.window = window;
    const { whenItFails } = catalog[name];
    const service = new ServiceFunction(this, name, { config, reach, alarms });
    this.consumer = service.function;
    this.letFollow(service, props);
    // such a letter names a place in the stream and holds no row: DynamoDB keeps that row for 24 hours
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      config,
      alarms,
      of: name,
      whenItFails,
      severity: 'page',
    });
    // rows of the product change far more often than facts are announced
    this.filters = [
      FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: rows } }),
      ...(changed
        ? [FilterCriteria.filter({ eventName: FilterRule.isEqual('MODIFY'), dynamodb: { NewImage: changed } })]
        : []),
    ];
    this.follow(this, 'Stream', ground[which]);
    alarm(this, config, alarms, {
      name: `${name}/age`,
      severity,
      whenItFails,
      runbook: 'the-stream-falls-behind',
      metric: service.function.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum' }),
      threshold: Duration.minutes(2).toMilliseconds(),
      periods: 2,
    });
  }

  /** Leave to read the streams of the pool and of all silos there will be. */
  private letFollow(service: ServiceFunction, { name, which, config, ground }: StreamConsumerProps): void {
    const { tableArn, tableStreamArn: stream } = ground[which];
    if (!stream) throw new Error(`${name} follows a table that has no stream.`);
    const own = `${ownTableArn(this, config, which, '*')}/stream/*`;
    const all = `${tableArn}/stream/*`;
    const reading = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    for (const statement of [
      new PolicyStatement({ actions: reading, resources: [stream, own] }),
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [all, own] }),
      ...statementsOf(keysUse(this, ground, config, decrypting), 'across'),
    ]) {
      service.function.addToRolePolicy(statement);
      acknowledgeWildcards(service, wildcardsOf([statement]));
    }
  }

  /** Follows the stream of one more table. */
  follow(scope: Construct, id: string, { tableStreamArn: stream }: ITable): void {
    if (!stream) throw new Error(`${this.node.path} follows a table that has no stream.`);
    new EventSourceMapping(scope, id, {
      target: this.consumer,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      ...(this.window && { maxBatchingWindow: this.window }),
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetters),
      filters: this.filters,
    });
  }
}
