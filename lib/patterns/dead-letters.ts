// Where events go that nobody could handle: kept for two weeks, and somebody is told of the first.
import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { alarm, fiveMinutes, type Severity } from './alarm.ts';

export type DeadLettersProps = {
  readonly config: StageConfig;
  readonly alarms: ITopic;
  /** What the letters are, e.g. `stream-publish`; names the alarm. */
  readonly of: string;
  readonly whenItFails: string;
  /** For the next working day, where nothing else is said. */
  readonly severity?: Severity;
};

export class DeadLetters extends Queue {
  /** What the letters are. */
  readonly of: string;

  constructor(
    scope: Construct,
    id: string,
    { config, alarms, of, whenItFails, severity = 'ticket' }: DeadLettersProps,
  ) {
    super(scope, id, { retentionPeriod: Duration.days(14), encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true });
    this.of = of;
    acknowledge(this, 'dead-letters');
    alarm(this, config, alarms, {
      name: `${of}/dead-letters`,
      severity,
      whenItFails,
      runbook: 'dead-letters',
      metric: this.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
