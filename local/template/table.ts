// AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable: what CreateTable and UpdateTimeToLive are told.
import * as z from 'zod';
import { boolean, ignored, type Resource, read } from './resource.ts';

export type TablePlan = {
  readonly name: string;
  readonly arn: string;
  /** Present when the table has a stream. */
  readonly streamArn?: string;
  /** Input of CreateTable. */
  readonly create: Record<string, unknown> & { readonly GlobalSecondaryIndexes?: readonly IndexPlan[] };
  /** Attribute that holds the end of an item's life, epoch seconds. */
  readonly ttl?: string;
};

export type IndexPlan = { readonly IndexName: string; readonly KeySchema: unknown; readonly Projection: unknown };

const keys = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.strictObject({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() });

// Throughput, backups, encryption and replicas have no counterpart on one machine.
const index = z
  .strictObject({
    IndexName: z.string(),
    KeySchema: keys,
    Projection: projection,
    ProvisionedThroughput: ignored,
    OnDemandThroughput: ignored,
    WarmThroughput: ignored,
    ContributorInsightsSpecification: ignored,
    WriteProvisionedThroughputSettings: ignored,
    WriteOnDemandThroughputSettings: ignored,
  })
  .transform(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));

const schema = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keys,
  GlobalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z.looseObject({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: boolean }).optional(),
  BillingMode: ignored,
  ProvisionedThroughput: ignored,
  OnDemandThroughput: ignored,
  WarmThroughput: ignored,
  PointInTimeRecoverySpecification: ignored,
  SSESpecification: ignored,
  DeletionProtectionEnabled: ignored,
  TableClass: ignored,
  Tags: ignored,
  Replicas: ignored,
  ContributorInsightsSpecification: ignored,
  WriteProvisionedThroughputSettings: ignored,
  WriteOnDemandThroughputSettings: ignored,
});

export function readTable(resource: Resource): TablePlan {
  const properties = read(resource, schema, 'table.ts');
  const { ref, attributes } = resource.identity;
  const { StreamSpecification: stream, TimeToLiveSpecification: life } = properties;
  return {
    name: ref,
    arn: attributes.Arn ?? '',
    ...(stream && { streamArn: attributes.StreamArn ?? '' }),
    create: {
      TableName: ref,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...(properties.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes }),
      ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType } }),
    },
    ...(life?.Enabled && life.AttributeName && { ttl: life.AttributeName }),
  };
}
