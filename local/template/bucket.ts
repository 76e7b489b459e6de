// AWS::S3::Bucket
import * as z from 'zod';
import { ignored, number, type Resource, read } from './resource.ts';

/** In the words of the template; `MaxAge` in seconds. */
export type BucketCors = {
  readonly AllowedOrigins: string[];
  readonly AllowedMethods: string[];
  readonly AllowedHeaders: string[];
  readonly ExposedHeaders: string[];
  readonly MaxAge?: number;
};

export type BucketPlan = {
  readonly name: string;
  readonly arn: string;
  readonly cors: readonly BucketCors[];
  /** Of one that keeps what is overwritten and deleted: how many days. */
  readonly versioning?: { readonly days: number };
};

const texts = z.array(z.string()).default([]);

const rule = z.strictObject({
  AllowedOrigins: texts,
  AllowedMethods: texts,
  AllowedHeaders: texts,
  ExposedHeaders: texts,
  MaxAge: number.optional(),
  Id: ignored,
});

const schema = z.strictObject({
  BucketName: z.string().optional(),
  CorsConfiguration: z.strictObject({ CorsRules: z.array(rule) }).optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  // Of the rules of age the one on old versions is kept: nothing else would ever take them away.
  LifecycleConfiguration: z
    .looseObject({
      Rules: z.array(
        z.looseObject({ NoncurrentVersionExpiration: z.looseObject({ NoncurrentDays: number }).optional() }),
      ),
    })
    .optional(),
  // Nothing is public or encrypted on one machine; access is written to no log.
  AccessControl: ignored,
  BucketEncryption: ignored,
  LoggingConfiguration: ignored,
  OwnershipControls: ignored,
  PublicAccessBlockConfiguration: ignored,
  Tags: ignored,
});

export function readBucket(resource: Resource): BucketPlan {
  const { CorsConfiguration: cors, VersioningConfiguration: versions, ...rest } = read(resource, schema, 'bucket.ts');
  const rules = rest.LifecycleConfiguration?.Rules ?? [];
  const days = rules.flatMap(({ NoncurrentVersionExpiration: old }) => (old ? [old.NoncurrentDays] : []));
  return {
    name: resource.identity.ref,
    arn: resource.identity.attributes.Arn ?? '',
    ...(versions?.Status === 'Enabled' && { versioning: { days: Math.min(...days) } }),
    cors: (cors?.CorsRules ?? []).map(({ MaxAge, Id: _id, ...rest }) => ({
      ...rest,
      ...(MaxAge !== undefined && { MaxAge }),
    })),
  };
}
