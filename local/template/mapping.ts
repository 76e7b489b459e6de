// AWS::Lambda::EventSourceMapping: which stream or queue feeds which function.
import * as z from 'zod';
import { refuse } from './resolve.ts';
import { boolean, ignored, number, type Resource, read } from './resource.ts';

export type MappingPlan = {
  /** Stable over restarts; names the checkpoint. */
  readonly id: string;
  readonly logicalId: string;
  readonly kind: 'stream' | 'queue';
  /** ARN of the stream or the queue. */
  readonly source: string;
  /** ARN of the function. */
  readonly function: string;
  readonly batchSize: number;
  /** Seconds a batch may wait to fill. */
  readonly window: number;
  readonly reportsItemFailures: boolean;
  /** Event patterns; a record that matches none is skipped. */
  readonly filters: readonly unknown[];
  /** Streams: halve a failed batch. */
  readonly bisect: boolean;
  /** Streams: attempts after the first; -1 is without end. */
  readonly retries: number;
  /** Streams: ARN of the queue told of records that were given up. */
  readonly onFailure?: string;
  readonly start: 'TRIM_HORIZON' | 'LATEST';
};

const schema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: boolean.default(true),
  BatchSize: number.optional(),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  BisectBatchOnFunctionError: boolean.default(false),
  MaximumRetryAttempts: number.default(-1),
  MaximumRecordAgeInSeconds: number.optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  // A stream here has one shard, read in order by one reader; queues are read as fast as the function answers.
  ParallelizationFactor: ignored,
  ScalingConfig: ignored,
  MetricsConfig: ignored,
  Tags: ignored,
});

const kindOf = (resource: Resource, arn: string): 'stream' | 'queue' => {
  if (/^arn:aws:dynamodb:.*\/stream\//.test(arn)) return 'stream';
  if (arn.startsWith('arn:aws:sqs:')) return 'queue';
  return refuse(resource, `${arn} is no source that runs here.`, 'Use a table stream or a queue.');
};

/** The mapping, or undefined when the template switched it off. */
export function readMapping(resource: Resource): MappingPlan | undefined {
  const properties = read(resource, schema, 'mapping.ts');
  if (!properties.Enabled) return undefined;
  const { EventSourceArn: source, FunctionName: name, FilterCriteria: criteria } = properties;
  const kind = kindOf(resource, source);
  const onFailure = properties.DestinationConfig?.OnFailure?.Destination;
  if (onFailure && !onFailure.startsWith('arn:aws:sqs:'))
    return refuse(resource, `records that fail go to ${onFailure}, which is no queue.`, 'Use a queue.');
  return {
    id: resource.identity.ref,
    logicalId: resource.logicalId,
    kind,
    source,
    function: name.startsWith('arn:') ? name : `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    batchSize: properties.BatchSize ?? (kind === 'stream' ? 100 : 10),
    window: properties.MaximumBatchingWindowInSeconds,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    filters: (criteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern)),
    bisect: properties.BisectBatchOnFunctionError,
    retries: properties.MaximumRetryAttempts,
    start: properties.StartingPosition,
    ...(onFailure && { onFailure }),
  };
}
