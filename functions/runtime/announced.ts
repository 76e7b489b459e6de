// From a record of the table stream to the event that a commit announced.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

export type Announced = {
  __edb_e__: string;
  tenant: string;
  id: string;
  type: string;
  subject: string;
  project?: string;
  detail: Record<string, unknown>;
};

/** The event, or undefined for a record of anything else. */
export function announced({ eventName, dynamodb }: DynamoDBRecord): Announced | undefined {
  const image = dynamodb?.NewImage;
  if (eventName !== 'INSERT' || !image) return undefined;
  const row = unmarshall(image as Record<string, AttributeValue>) as Announced;
  return row.__edb_e__ === 'event' ? row : undefined;
}
