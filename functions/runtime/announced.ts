// From a record of the table stream to the event that a commit announced, or to the row that changed.
import type { DynamoDBRecord } from 'aws-lambda';
import { type Attribute, fromItem } from '../../core/platform/dynamo/attribute.ts';

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
  const row = fromItem(image as Record<string, Attribute>) as Announced;
  return row.__edb_e__ === 'event' ? row : undefined;
}

/** A row of an entity before and after it changed, or undefined for a record of anything else. */
export function changeOf<T>(
  { eventName, dynamodb }: DynamoDBRecord,
  entity: string,
): { before: T; after: T } | undefined {
  const { OldImage, NewImage } = dynamodb ?? {};
  if (eventName !== 'MODIFY' || NewImage?.__edb_e__?.S !== entity || !OldImage) return undefined;
  const [before, after] = [OldImage, NewImage].map((image) => fromItem(image as Record<string, Attribute>) as T);
  return before && after && { before, after };
}
