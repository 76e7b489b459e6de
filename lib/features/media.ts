// A bucket of scripts, documents and results, and the log of who fetched what.
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

/** How long the log of accesses is kept. */
const accessLogDays = 90;

export class Media extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { config, key, name }: { config: StageConfig; key: IKey; name?: string }) {
    super(scope, id);
    const shared = { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true, removalPolicy: config.data };
    const accessLog = new Bucket(this, 'AccessLog', {
      ...shared,
      // S3 writes its logs only where its own key encrypts
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(accessLogDays) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...(name !== undefined && { bucketName: name }),
      ...shared,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      serverAccessLogsBucket: accessLog,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { noncurrentVersionExpiration: Duration.days(config.objectRestoreDays), expiredObjectDeleteMarker: true },
      ],
      cors: [
        {
          allowedOrigins: [...config.origins],
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAge: 3600,
        },
      ],
    });
  }
}
