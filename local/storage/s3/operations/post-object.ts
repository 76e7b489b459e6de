import type { IncomingMessage } from 'node:http';
import type { SecretOf } from '../../../signature/index.ts';
import type { Blobs } from '../blobs.ts';
import { type Answer, checkKey } from '../call.ts';
import { S3Failure } from '../failure.ts';
import { headersToKeep } from '../kept-headers.ts';
import type { Ledger } from '../ledger.ts';
import { checkForm, provePolicy } from '../post-policy.ts';
import { document, element } from '../xml.ts';
import { place } from './put-object.ts';

/** Largest form, in bytes: it is held in memory, unlike a PUT. */
const LARGEST_FORM = 64 * 1024 ** 2;

type Form = { fields: Map<string, string>; file: File };

const readForm = async (request: IncomingMessage): Promise<Form> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST_FORM) throw new S3Failure('EntityTooLarge', undefined, { MaxSizeAllowed: String(LARGEST_FORM) });
    chunks.push(chunk);
  }
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const data = await new Response(Buffer.concat(chunks), { headers }).formData().catch(() => {
    throw new S3Failure('MalformedPOSTRequest');
  });
  const fields = new Map<string, string>();
  for (const [name, value] of data) if (typeof value === 'string') fields.set(name.toLowerCase(), value);
  const file = data.get('file');
  if (!(file instanceof File))
    throw new S3Failure('InvalidArgument', 'POST requires exactly one file upload per request.');
  return { fields, file };
};

const answerOf = (
  fields: ReadonlyMap<string, string>,
  stored: { bucket: string; key: string; etag: string },
): Answer => {
  const { bucket, key, etag } = stored;
  const headers = { etag: `"${etag}"`, location: `/${bucket}/${encodeURIComponent(key)}` };
  const redirect = fields.get('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    target.search = new URLSearchParams({ bucket, key, etag: `"${etag}"` }).toString();
    return { status: 303, headers: { ...headers, location: target.href } };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers };
  const inner =
    element('Location', headers.location) +
    element('Bucket', bucket) +
    element('Key', key) +
    element('ETag', `"${etag}"`);
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: document('PostResponse', inner),
  };
};

async function* once(file: File): AsyncGenerator<Buffer> {
  yield Buffer.from(await file.arrayBuffer());
}

/** PostObject: a browser form whose signed policy says what may be uploaded. `demand` throws when the signer may not put it. */
export const postObject = async (
  request: IncomingMessage,
  bucket: string,
  world: {
    ledger: Ledger;
    blobs: Blobs;
    now: number;
    secretOf: SecretOf;
    demand: (ask: { accessKeyId: string; action: string; resource: string }) => void;
  },
): Promise<Answer> => {
  const { fields, file } = await readForm(request);
  const { accessKeyId, policy } = provePolicy(fields, world.secretOf);
  const key = (fields.get('key') ?? '').replaceAll('${filename}', file.name);
  if (key === '') throw new S3Failure('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  checkKey(key);
  checkForm(policy, { fields, bucket, size: file.size, now: world.now });
  world.demand({ accessKeyId, action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${key}` });
  if (!world.ledger.hasBucket(bucket)) throw new S3Failure('NoSuchBucket', undefined, { BucketName: bucket });
  const given = Object.fromEntries(fields);
  const headers = headersToKeep({ header: (name) => given[name], headers: given });
  const { file: written, size, md5: etag } = await world.blobs.write(once(file));
  await place(world, bucket, { key, file: written, size, etag, modified: world.now, headers }, () => undefined);
  return answerOf(fields, { bucket, key, etag });
};
