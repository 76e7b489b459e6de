// The SQS door (AWS JSON 1.0): proves who calls, asks whether they may, hands the call to the queues.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SignatureRefused, signerOf } from '../../signature/index.ts';
import type { Gate } from '../s3/door.ts';
import type { Queues } from './queues.ts';

/** IAM knows no batch actions: a batch needs the permission of the single call. */
const actions: Record<string, string> = {
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  ReceiveMessage: 'ReceiveMessage',
  DeleteMessage: 'DeleteMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibility: 'ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  GetQueueAttributes: 'GetQueueAttributes',
  SetQueueAttributes: 'SetQueueAttributes',
  GetQueueUrl: 'GetQueueUrl',
  PurgeQueue: 'PurgeQueue',
  ListQueues: 'ListQueues',
};

/** Largest request of SQS: 1 MiB of messages, and room for the JSON around them. */
const LARGEST = 2 * 1024 ** 2;

/** Faults of a signature, by the names SQS gives them. */
const codes: Partial<Record<SignatureRefused['code'], string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  ExpiredToken: 'ExpiredTokenException',
};

class SqsFailure extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST) throw new SqsFailure('BatchRequestTooLong', 'The request is longer than SQS takes.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const asObject = (text: string): Record<string, unknown> => {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null) return found as Record<string, unknown>;
  } catch {
    // falls through to the one answer for every unreadable body
  }
  throw new SqsFailure('SerializationException', 'The body is not a JSON object.');
};

const otherBody = (message: string) => new SqsFailure('InvalidSecurity', message, 403);

const admit = (request: IncomingMessage, body: Buffer, { secretOf }: Gate): string =>
  signerOf(request, body, { service: 'sqs', secretOf, otherBody });

const queueName = (input: Record<string, unknown>): string => {
  const given = input.QueueName ?? input.QueueUrl;
  return typeof given === 'string' ? (given.split('/').at(-1) ?? '') : '';
};

const run = async (
  request: IncomingMessage,
  gate: Gate,
  door: SqsDoor,
): Promise<{ status: number; headers: Record<string, string>; body: string }> => {
  const body = await readBody(request);
  const accessKeyId = admit(request, body, gate);
  const target = String(request.headers['x-amz-target'] ?? '');
  const operation = target.replace(/^AmazonSQS\./, '');
  const action = actions[operation];
  if (!action)
    throw new SqsFailure(
      'UnsupportedOperation',
      `${operation || 'A call without X-Amz-Target'} is not available in the local cloud.`,
    );
  const input = asObject(body.toString('utf8'));
  const name = queueName(input);
  const resource = action === 'ListQueues' ? '*' : door.arnOf(name);
  const refusal = gate.authorize?.({ accessKeyId, action: `sqs:${action}`, resource });
  if (refusal !== undefined)
    throw new SqsFailure(
      'AccessDenied',
      `User: ${accessKeyId} is not authorized to perform: sqs:${action} on resource: ${resource}: ${refusal}`,
      403,
    );
  const answer = await door.queues.call(target, body.toString('utf8'));
  if (operation === 'ReceiveMessage' && request.socket.destroyed) giveBack(door.queues, name, answer.body);
  return answer;
};

/** A poll whose caller went away took messages that nobody reads: they become visible again at once. */
const giveBack = (queues: Queues, name: string, answer: string): void => {
  const { Messages: messages } = JSON.parse(answer) as { Messages?: { ReceiptHandle: string }[] };
  for (const message of messages ?? []) queues.giveBack(name, message.ReceiptHandle);
};

const failure = (error: unknown): { status: number; headers: Record<string, string>; body: string } => {
  const known =
    error instanceof SqsFailure
      ? error
      : error instanceof SignatureRefused
        ? new SqsFailure(codes[error.code] ?? error.code, error.message, 403)
        : new SqsFailure('InternalError', 'The queue service failed; see the log of the local cloud.', 500);
  if (known.status === 500)
    process.stderr.write(`sqs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return {
    status: known.status,
    headers: { 'x-amzn-query-error': `${known.code};${known.status < 500 ? 'Sender' : 'Receiver'}` },
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${known.code}`, message: known.message }),
  };
};

export type SqsDoor = { readonly queues: Queues; readonly arnOf: (name: string) => string };

/** Answers one SQS request; never throws. */
export const sqsDoor =
  (gate: Gate, door: SqsDoor) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await run(request, gate, door).catch(failure);
    request.resume();
    response.writeHead(answer.status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(answer.body)),
      'x-amzn-requestid': randomUUID(),
      ...answer.headers,
    });
    response.end(answer.body);
  };
