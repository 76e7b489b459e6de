import { type Answer, type Call, xmlAnswer } from '../call.ts';
import { S3Failure } from '../failure.ts';
import type { Ledger } from '../ledger.ts';
import { document, element, wrap } from '../xml.ts';

type Shelf = { ledger: Ledger };

/** Bucket naming rules of S3: 3–63 of a–z 0–9 . -, beginning and ending with a letter or digit. */
export const checkBucketName = (name: string): void => {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..'))
    throw new S3Failure('InvalidBucketName', undefined, { BucketName: name });
};

export const createBucket = async (call: Call, { ledger }: Shelf): Promise<Answer> => {
  checkBucketName(call.bucket);
  if (ledger.hasBucket(call.bucket))
    throw new S3Failure('BucketAlreadyOwnedByYou', undefined, { BucketName: call.bucket });
  ledger.addBucket(call.bucket, call.now);
  return { status: 200, headers: { location: `/${call.bucket}` } };
};

export const deleteBucket = async (call: Call, { ledger }: Shelf): Promise<Answer> => {
  if (!ledger.isEmpty(call.bucket)) throw new S3Failure('BucketNotEmpty', undefined, { BucketName: call.bucket });
  ledger.removeBucket(call.bucket);
  return { status: 204 };
};

export const headBucket = async (): Promise<Answer> => ({
  status: 200,
  headers: { 'x-amz-bucket-region': 'us-east-1' },
});

export const bucketLocation = async (): Promise<Answer> => xmlAnswer(document('LocationConstraint', ''));

export const listBuckets = async (_call: Call, { ledger }: Shelf): Promise<Answer> =>
  xmlAnswer(
    document(
      'ListAllMyBucketsResult',
      wrap('Owner', element('ID', 'local')) +
        wrap(
          'Buckets',
          ledger
            .buckets()
            .map(({ name, created }) =>
              wrap('Bucket', element('Name', name) + element('CreationDate', new Date(created).toISOString())),
            )
            .join(''),
        ),
    ),
  );
