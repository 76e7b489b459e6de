// The S3 door: proves who calls, asks whether they may, runs the operation, writes the answer.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Call as AccessCall } from '../../iam/callers.ts';
import { type SecretOf, SignatureRefused, verifySignature } from '../../signature/index.ts';
import { type Answer, type Call, flatHeaders, placeOf, splitQuery } from './call.ts';
import { type CorsRule, corsHeaders, preflight } from './cors.ts';
import { errorDocument, S3Failure } from './failure.ts';
import { contextOf, operationOf, resourceOf, type Shelf } from './operation.ts';
import { postObject } from './operations/post-object.ts';

export type Gate = {
  readonly secretOf: SecretOf;
  /** Why a call is refused, or undefined when it is allowed. */
  readonly authorize?: ((call: AccessCall) => string | undefined) | undefined;
  readonly corsOf?: ((bucket: string) => readonly CorsRule[]) | undefined;
};

const split = (url: string): { path: string; query: string } => {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
};

/** Reads a request into a call. Throws SignatureRefused or S3Failure. */
const admit = (request: IncomingMessage, gate: Gate): Call & { accessKeyId: string } => {
  const { path, query: raw } = split(request.url ?? '/');
  const place = placeOf(path);
  const own = flatHeaders(request);
  const now = Date.now();
  const method = request.method ?? 'GET';
  const signer = verifySignature(
    { method, path, query: raw, headers: request.headers },
    { service: 's3', secretOf: gate.secretOf, now },
  );
  const { query, lifted } = splitQuery(raw);
  const headers = signer.presigned ? { ...lifted, ...own } : own;
  const { accessKeyId, payloadHash } = signer;
  return {
    ...place,
    method,
    query,
    headers,
    payloadHash,
    accessKeyId,
    now,
    // Leaving the loop early must not close the socket: the answer still has to go out.
    body: request.iterator({ destroyOnReturn: false }),
    header: (name) => headers[name],
    may: (action, resource) => gate.authorize?.({ accessKeyId, action, resource }) === undefined,
  };
};

/** Throws AccessDenied, naming the grant that is missing. */
const demand = (gate: Gate, ask: AccessCall): void => {
  const refusal = gate.authorize?.(ask);
  if (refusal !== undefined)
    throw new S3Failure(
      'AccessDenied',
      `User: ${ask.accessKeyId} is not authorized to perform: ${ask.action} on resource: "${ask.resource}": ${refusal}`,
    );
};

const run = async (request: IncomingMessage, gate: Gate, shelf: Shelf): Promise<Answer> => {
  if (request.method === 'POST' && request.headers['content-type']?.startsWith('multipart/form-data')) {
    const { bucket } = placeOf(split(request.url ?? '/').path);
    const { secretOf } = gate;
    return postObject(request, bucket, { ...shelf, now: Date.now(), secretOf, demand: (ask) => demand(gate, ask) });
  }
  const call = admit(request, gate);
  const operation = operationOf(call);
  if (operation.action) {
    const { accessKeyId } = call;
    demand(gate, { accessKeyId, action: operation.action, resource: resourceOf(operation, call), ...contextOf(call) });
  }
  if (operation.on !== 'service' && operation.name !== 'CreateBucket' && !shelf.ledger.hasBucket(call.bucket))
    throw new S3Failure('NoSuchBucket', undefined, { BucketName: call.bucket });
  return operation.run(call, shelf);
};

const failure = (error: unknown, resource: string, requestId: string): Answer => {
  const known =
    error instanceof S3Failure || error instanceof SignatureRefused ? error : new S3Failure('InternalError');
  if (known !== error)
    process.stderr.write(`s3: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  const status = known instanceof S3Failure ? known.status : /^Authorization|Token$/.test(known.code) ? 400 : 403;
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: errorDocument({ code: known.code, message: known.message, details: known.details, resource, requestId }),
  };
};

const send = async (
  response: ServerResponse,
  answer: Answer,
  headers: Record<string, string>,
  bodyless: boolean,
): Promise<void> => {
  const length = typeof answer.body === 'string' ? { 'content-length': String(Buffer.byteLength(answer.body)) } : {};
  const none = answer.body === undefined && answer.status === 200 ? { 'content-length': '0' } : {};
  response.writeHead(answer.status, { ...none, ...length, ...answer.headers, ...headers });
  if (bodyless || answer.body === undefined || typeof answer.body === 'string') {
    response.end(bodyless ? undefined : answer.body);
    return;
  }
  // A client that goes away in the middle of a download is no fault of ours.
  await pipeline(answer.body, response).catch(() => response.destroy());
};

/** Answers one S3 request; never throws. */
export const s3Door =
  (gate: Gate, shelf: Shelf) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    const { path } = split(request.url ?? '/');
    const rules = gate.corsOf?.(path.split('/')[1] ?? '') ?? [];
    const standing = { 'x-amz-request-id': requestId, server: 'AmazonS3' };
    try {
      if (request.method === 'OPTIONS') {
        const own = flatHeaders(request);
        await send(response, { status: 200 }, { ...standing, ...preflight(rules, (name) => own[name]) }, false);
        return;
      }
      const answer = await run(request, gate, shelf);
      await send(
        response,
        answer,
        { ...standing, ...corsHeaders(rules, request.headers.origin, request.method ?? 'GET') },
        request.method === 'HEAD',
      );
    } catch (error) {
      // What is left of the body is read and thrown away, so that the client hears the answer instead of a broken pipe.
      if (request.destroyed && !request.complete) return;
      request.resume();
      const cors =
        request.method === 'OPTIONS' ? {} : corsHeaders(rules, request.headers.origin, request.method ?? 'GET');
      if (response.headersSent) response.destroy();
      else await send(response, failure(error, path, requestId), { ...standing, ...cors }, request.method === 'HEAD');
    }
  };
