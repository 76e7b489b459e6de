// Clients under the function's own role; connections of theirs are used by everybody.
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { documents, type Settings } from '../../core/platform/dynamo/client.ts';
import { once } from '../../core/platform/once.ts';
import { awsKeys, env, envIfSet } from './env.ts';

// WHEN_REQUIRED: a presigned PUT would otherwise carry the checksum of an empty body
export const checksums = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const;

/** Parts of the world with domain names of their own ("AWS service endpoints", AWS General Reference). */
const suffixOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

/** Rows, for whoever the credentials are of. */
export const rowsAs = (credentials: Settings['credentials']) => {
  const region = env('AWS_REGION');
  const endpoint = envIfSet('AWS_ENDPOINT_URL_DYNAMODB') ?? `https://dynamodb.${region}.${suffixOf(region)}`;
  return documents({ endpoint, region, credentials });
};

export const ownRows = once(() => rowsAs(awsKeys));
export const ownS3 = once(() => new S3Client(checksums));
export const ownKms = once(() => new KMSClient({}));
