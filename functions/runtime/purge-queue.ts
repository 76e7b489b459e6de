// Orders to delete objects that nothing refers to any more.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { env } from './env.ts';

let shared: SQSClient | undefined;
const client = () => (shared ??= new SQSClient({}));

/** What a deleted file or project leaves behind; functions/queues/purge.ts takes it away. */
export type PurgeOrder = {
  tenant: string;
  type: string;
  subject: string;
  project?: string;
  detail: Record<string, unknown>;
};

/** `DelaySeconds`: carried out so much later; 900 at most. */
export async function sendPurge(order: PurgeOrder, DelaySeconds = 0): Promise<void> {
  const message = { QueueUrl: env('PURGE_QUEUE_URL'), MessageBody: JSON.stringify(order), DelaySeconds };
  await client().send(new SendMessageCommand(message));
}
