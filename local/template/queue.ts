// AWS::SQS::Queue
import * as z from 'zod';
import { boolean, ignored, number, type Resource, read } from './resource.ts';

export type QueuePlan = {
  readonly name: string;
  readonly arn: string;
  /** As CreateQueue takes them: all text. */
  readonly attributes: Record<string, string>;
};

const schema = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: number.optional(),
  MessageRetentionPeriod: number.optional(),
  DelaySeconds: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  FifoQueue: boolean.optional(),
  ContentBasedDeduplication: boolean.optional(),
  RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
  // Messages lie in the state folder unencrypted; who may move dead letters back is nobody's question here.
  KmsMasterKeyId: ignored,
  KmsDataKeyReusePeriodSeconds: ignored,
  SqsManagedSseEnabled: ignored,
  RedriveAllowPolicy: ignored,
  Tags: ignored,
});

export function readQueue(resource: Resource): QueuePlan {
  const { QueueName: _, RedrivePolicy: redrive, ...plain } = read(resource, schema, 'queue.ts');
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(plain))
    if (typeof value === 'number' || typeof value === 'boolean') attributes[name] = String(value);
  if (redrive) attributes.RedrivePolicy = JSON.stringify(redrive);
  return {
    name: resource.identity.attributes.QueueName ?? '',
    arn: resource.identity.attributes.Arn ?? '',
    attributes,
  };
}
