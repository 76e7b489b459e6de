// How deep the queues of the app are, about: SQS counts by sampling.
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueDepth } from '../../core/admin/health.ts';
import { once } from '../../core/platform/once.ts';
import { env } from './env.ts';

const client = once(() => new SQSClient({}));
/** Names and addresses. */
const queues = once(() => Object.entries(JSON.parse(env('QUEUES')) as Record<string, string>));

export const depths = (): Promise<QueueDepth[]> =>
  Promise.all(
    queues().map(async ([name, QueueUrl]) => {
      const { Attributes = {} } = await client().send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return {
        name,
        waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    }),
  );
