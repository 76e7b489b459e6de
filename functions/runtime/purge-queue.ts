// Orders to delete what nothing refers to any more, and to stop what works on what is deleted.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { env } from './env.ts';

let shared: SQSClient | undefined;
const client = () => (shared ??= new SQSClient({}));

/** What a deleted file, script or project leaves behind; functions/queues/purge.ts takes it away. */
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
