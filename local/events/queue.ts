// A queue that feeds a function: messages it is done with are deleted, the others come back after their visibility timeout.
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Answer } from '../lambda/instance.ts';
import type { MappingPlan } from '../template/mapping.ts';
import { takes } from './pattern.ts';

export type QueueOptions = {
  readonly plan: MappingPlan;
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly signal: AbortSignal;
  readonly invoke: (event: unknown) => Promise<Answer>;
  readonly log: (line: string) => void;
};

const base64 = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('base64');

const lambdaRecord = (message: Message, arn: string) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      {
        stringValue: value.StringValue,
        binaryValue: base64(value.BinaryValue),
        stringListValues: [],
        binaryListValues: [],
        dataType: value.DataType,
      },
    ]),
  ),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: 'us-east-1',
});

const parsed = (body: string | undefined): unknown => {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return body;
  }
};

/** Ids of the messages that are not done with. */
const failuresOf = (answer: Answer, messages: readonly Message[], reports: boolean): Set<string | undefined> => {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (!answer.ok) return all;
  if (!reports) return new Set();
  const result = JSON.parse(answer.payload) as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
  const failed = (result?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  // An identifier that names no message of the batch fails the whole batch, as on AWS.
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
};

async function round({ plan, client, queueUrl, signal, invoke }: QueueOptions): Promise<void> {
  const { Messages: received = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(plan.batchSize, 10),
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    { abortSignal: signal },
  );
  if (received.length === 0) return;
  const wanted = plan.filters.length
    ? received.filter(({ Body }) => plan.filters.some((filter) => takes(filter, { body: parsed(Body) })))
    : received;
  const answer: Answer = wanted.length
    ? await invoke({ Records: wanted.map((message) => lambdaRecord(message, plan.source)) })
    : { ok: true, payload: 'null' };
  const failed = failuresOf(answer, wanted, plan.reportsItemFailures);
  const done = received.filter(({ MessageId }) => !failed.has(MessageId));
  if (done.length === 0) return;
  const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}

/** Follows a queue until `signal` is aborted. A failure of the queue itself is logged and tried again. */
export async function followQueue(options: QueueOptions): Promise<void> {
  const { plan, signal, log } = options;
  while (!signal.aborted) {
    try {
      await round(options);
    } catch (error) {
      if (signal.aborted) return;
      log(`${plan.logicalId}: reading ${plan.source} failed (${(error as Error).message}), trying again`);
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }
}
