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

export type BucketPlan = { readonly name: string; readonly arn: string; readonly cors: readonly BucketCors[] };

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
  // Nothing is public, versioned, encrypted or aged on one machine; access is written to no log.
  AccessControl: ignored,
  BucketEncryption: ignored,
  LifecycleConfiguration: ignored,
  LoggingConfiguration: ignored,
  OwnershipControls: ignored,
  PublicAccessBlockConfiguration: ignored,
  VersioningConfiguration: ignored,
  Tags: ignored,
});

export function readBucket(resource: Resource): BucketPlan {
  const { CorsConfiguration: cors } = read(resource, schema, 'bucket.ts');
  return {
    name: resource.identity.ref,
    arn: resource.identity.attributes.Arn ?? '',
    cors: (cors?.CorsRules ?? []).map(({ MaxAge, Id: _id, ...rest }) => ({
      ...rest,
      ...(MaxAge !== undefined && { MaxAge }),
    })),
  };
}
