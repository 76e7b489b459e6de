// Which S3 operation a request asks for. What is not here is refused, never guessed: a sub-resource that fell through
// to the plain operation would overwrite or delete the object itself.
import type { RequestContext } from '../../iam/condition.ts';
import type { Blobs } from './blobs.ts';
import type { Answer, Call } from './call.ts';
import { S3Failure } from './failure.ts';
import type { Ledger } from './ledger.ts';
import { bucketLocation, createBucket, deleteBucket, headBucket, listBuckets } from './operations/buckets.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject } from './operations/get-object.ts';
import { listObjects } from './operations/list-objects.ts';
import { listParts, listUploads } from './operations/list-uploads.ts';
import { listVersions } from './operations/list-versions.ts';
import { abortUpload, completeUpload, createUpload, uploadPart } from './operations/multipart.ts';
import { putObject } from './operations/put-object.ts';

export type Shelf = { readonly ledger: Ledger; readonly blobs: Blobs };

export type Operation = {
  readonly name: string;
  /** IAM action; on the object's ARN, the bucket's, or '*'. Absent: the operation judges each key itself. */
  readonly action?: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** The query names that tell it from others, and those it reads. */
  readonly marks: readonly string[];
  readonly reads?: readonly string[];
  readonly method: string;
  /** True when x-amz-copy-source must be there. */
  readonly copies?: boolean;
  readonly run: (call: Call, shelf: Shelf) => Promise<Answer>;
};

const responses = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
].map((name) => `response-${name}`);

const operations: readonly Operation[] = [
  { name: 'ListBuckets', action: 's3:ListAllMyBuckets', on: 'service', method: 'GET', marks: [], run: listBuckets },
  { name: 'CreateBucket', action: 's3:CreateBucket', on: 'bucket', method: 'PUT', marks: [], run: createBucket },
  { name: 'DeleteBucket', action: 's3:DeleteBucket', on: 'bucket', method: 'DELETE', marks: [], run: deleteBucket },
  { name: 'HeadBucket', action: 's3:ListBucket', on: 'bucket', method: 'HEAD', marks: [], run: headBucket },
  {
    name: 'GetBucketLocation',
    action: 's3:GetBucketLocation',
    on: 'bucket',
    method: 'GET',
    marks: ['location'],
    run: bucketLocation,
  },
  {
    name: 'ListObjectsV2',
    action: 's3:ListBucket',
    on: 'bucket',
    method: 'GET',
    marks: ['list-type'],
    reads: ['prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after', 'encoding-type', 'fetch-owner'],
    run: listObjects,
  },
  {
    name: 'ListObjectVersions',
    action: 's3:ListBucketVersions',
    on: 'bucket',
    method: 'GET',
    marks: ['versions'],
    reads: ['prefix', 'max-keys', 'key-marker', 'version-id-marker', 'encoding-type'],
    run: listVersions,
  },
  { name: 'DeleteObjects', on: 'bucket', method: 'POST', marks: ['delete'], run: deleteObjects },
  {
    name: 'ListMultipartUploads',
    action: 's3:ListBucketMultipartUploads',
    on: 'bucket',
    method: 'GET',
    marks: ['uploads'],
    reads: ['prefix'],
    run: listUploads,
  },
  { name: 'CopyObject', action: 's3:PutObject', on: 'object', method: 'PUT', marks: [], copies: true, run: copyObject },
  {
    name: 'CreateMultipartUpload',
    action: 's3:PutObject',
    on: 'object',
    method: 'POST',
    marks: ['uploads'],
    run: createUpload,
  },
  {
    name: 'UploadPart',
    action: 's3:PutObject',
    on: 'object',
    method: 'PUT',
    marks: ['partNumber', 'uploadId'],
    run: uploadPart,
  },
  {
    name: 'CompleteMultipartUpload',
    action: 's3:PutObject',
    on: 'object',
    method: 'POST',
    marks: ['uploadId'],
    run: completeUpload,
  },
  {
    name: 'AbortMultipartUpload',
    action: 's3:AbortMultipartUpload',
    on: 'object',
    method: 'DELETE',
    marks: ['uploadId'],
    run: abortUpload,
  },
  {
    name: 'ListParts',
    action: 's3:ListMultipartUploadParts',
    on: 'object',
    method: 'GET',
    marks: ['uploadId'],
    reads: ['max-parts', 'part-number-marker'],
    run: listParts,
  },
  { name: 'PutObject', action: 's3:PutObject', on: 'object', method: 'PUT', marks: [], run: putObject },
  {
    name: 'GetObject',
    action: 's3:GetObject',
    on: 'object',
    method: 'GET',
    marks: [],
    reads: responses,
    run: getObject,
  },
  {
    name: 'HeadObject',
    action: 's3:GetObject',
    on: 'object',
    method: 'HEAD',
    marks: [],
    reads: responses,
    run: getObject,
  },
  { name: 'DeleteObject', action: 's3:DeleteObject', on: 'object', method: 'DELETE', marks: [], run: deleteObject },
];

const known = (operation: Operation): ReadonlySet<string> =>
  new Set([...operation.marks, ...(operation.reads ?? []), 'x-id']);

/** The operation of a call. Throws MethodNotAllowed or NotImplemented, naming the query parameter nothing here reads. */
export const operationOf = (call: Call): Operation => {
  const on = call.bucket === '' ? 'service' : call.key === '' ? 'bucket' : 'object';
  const near = operations.filter((one) => one.on === on && one.method === call.method);
  if (near.length === 0) throw new S3Failure('MethodNotAllowed', undefined, { Method: call.method });
  const names = [...call.query.keys()];
  const found = near.find(
    (one) =>
      one.marks.every((name) => call.query.has(name)) &&
      names.every((name) => known(one).has(name)) &&
      (call.header('x-amz-copy-source') !== undefined) === (one.copies ?? false),
  );
  if (found) return found;
  const strange = names.filter((name) => !near.some((one) => known(one).has(name)));
  throw new S3Failure(
    'NotImplemented',
    strange.length > 0
      ? `"?${strange.join('&')}" is not available in the local cloud.`
      : `${call.method} on ${on === 'object' ? 'an object' : 'a bucket'} in this form is not available in the local cloud.`,
  );
};

/** The ARN an operation is judged on. */
export const resourceOf = (operation: Operation, call: Call): string => {
  if (operation.on === 'service') return '*';
  return operation.on === 'bucket' ? `arn:aws:s3:::${call.bucket}` : `arn:aws:s3:::${call.bucket}/${call.key}`;
};

/** Condition keys of a call on a bucket; a prefix that was not asked for is no key. Source: Service Authorization Reference, Amazon S3. */
export const contextOf = ({ query, key }: Call): { readonly context?: RequestContext } => {
  const prefix = key === '' ? query.get('prefix') : undefined;
  return prefix === undefined ? {} : { context: { 's3:prefix': [prefix] } };
};
