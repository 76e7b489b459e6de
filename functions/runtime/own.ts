// Clients under the function's own role; connections of theirs are used by everybody.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { once } from './once.ts';
import { Sha256 } from './sha256.ts';

// WHEN_REQUIRED: a presigned PUT would otherwise carry the checksum of an empty body
export const checksums = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const;

export const ownDynamo = once(() => new DynamoDBClient({ sha256: Sha256 }));
export const ownS3 = once(() => new S3Client(checksums));
export const ownKms = once(() => new KMSClient({}));
