// Deleting what nothing refers to any more: a queue of orders and the function that carries them out.
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { catalog } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import type { Ground } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';

const name = 'queue-purge';

export class Purge extends Construct {
  readonly queue: IQueue;
  readonly name = name;

  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    super(scope, id);
    const { alarms } = ground;
    const { timeout, whenItFails } = catalog[name];
    const deadLetters = new DeadLetters(this, 'DeadLetters', { config, alarms, of: name, whenItFails });
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      // Lambda Developer Guide: at least six times the function's timeout
      visibilityTimeout: Duration.seconds(6 * timeout),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    const purging = new ServiceFunction(this, name, { config, reach: ground, alarms }).function;
    queue.grantConsumeMessages(purging);
    new EventSourceMapping(this, 'Orders', {
      target: purging,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    this.queue = queue;
  }
}
