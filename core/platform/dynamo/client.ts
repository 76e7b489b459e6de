// A client of DynamoDB that takes and gives plain values. Ours, because the SDK's takes more time for a call than all else that a function
// does for a request (docs/adr/0012). It signs, sends, and tries again; nothing else.
import { randomUUID } from 'node:crypto';
import { pause } from '../pause.ts';
import { type Keys, signedHeaders } from '../sign.ts';
import type { Calls, Command, Documents, Operation } from './command.ts';
import { documentsBy } from './electro.ts';
import { post } from './post.ts';
import { DynamoRefusal, throttled } from './refusal.ts';
import { answerOf, requestOf } from './wire.ts';

export type Settings = {
  /** `https://dynamodb.us-east-1.amazonaws.com` */
  readonly endpoint: string;
  readonly region: string;
  /** Asked for each attempt. */
  readonly credentials: () => Promise<Keys> | Keys;
};

/** How often a call is sent at most, and ms at most before the second time, doubled for each further one: as the SDK does for DynamoDB. */
const attempts = 4;
const pauseMs = { usual: 25, throttled: 1000 };

const isThrottled = (error: unknown): boolean => error instanceof DynamoRefusal && throttled.has(error.name);

/** What may go well the next time: throttling, a transaction under way on the row, a fault of the service, and all that the network does. */
const passes = (error: unknown): boolean =>
  error instanceof DynamoRefusal
    ? error.status >= 500 || isThrottled(error) || error.name === 'TransactionConflictException'
    : error instanceof Error && 'code' in error;

/** A client for one endpoint and whoever the credentials are of. */
export function documents({ endpoint, region, credentials }: Settings): Documents {
  const url = new URL(endpoint);
  const signed = async (target: string, body: string): Promise<Record<string, string>> => {
    const own = { host: url.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
    return signedHeaders(
      { service: 'dynamodb', region, path: '/', headers: own, body },
      await credentials(),
      Date.now(),
    );
  };
  const send = async <O extends Operation>(
    { operation, input }: Command<O>,
    { abortSignal: signal }: { readonly abortSignal?: AbortSignal } = {},
  ): Promise<Calls[O]['output']> => {
    const target = `DynamoDB_20120810.${operation}`;
    const body = JSON.stringify(requestOf(operation, input, randomUUID));
    for (let attempt = 1; ; attempt++) {
      const headers = await signed(target, body);
      try {
        return answerOf(operation, await answered(url, headers, body, signal)) as Calls[O]['output'];
      } catch (error) {
        if (attempt >= attempts || signal?.aborted || !passes(error)) throw error;
        await pause(attempt - 1, isThrottled(error) ? pauseMs.throttled : pauseMs.usual, signal);
      }
    }
  };
  return documentsBy(send);
}

/** The body of a success. Throws DynamoRefusal. */
async function answered(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  const { status, text } = await post(url, headers, body, signal);
  if (status === 200) return JSON.parse(text) as Record<string, unknown>;
  throw new DynamoRefusal(status, said(text));
}

/** The body of a refusal; of something in between that answers in the service's stead, nothing. */
function said(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
