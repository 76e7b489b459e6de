// A client of DynamoDB that takes and gives plain values. Ours, because the SDK's takes more time for a call than all else that a function
// does for a request (docs/adr/0012). It signs, sends, and tries again; nothing else.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Keys, signedHeaders } from '../sign.ts';
import type { Calls, Command, Documents, Operation } from './command.ts';
import { documentsBy } from './electro.ts';
import { post } from './post.ts';
import { DynamoRefusal } from './refusal.ts';
import { answerOf, requestOf } from './wire.ts';

export type Settings = {
  /** `https://dynamodb.us-east-1.amazonaws.com` */
  readonly endpoint: string;
  readonly region: string;
  /** Asked for each attempt. */
  readonly credentials: () => Promise<Keys> | Keys;
  /** How often a call is sent at most; 3, as the SDK does. */
  readonly attempts?: number;
};

/** Names of refusals that pass by themselves when one comes again later. */
const throttled: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
]);

const isThrottled = (error: unknown): boolean => error instanceof DynamoRefusal && throttled.has(error.name);

/** What may go well the next time: throttling, a fault of the service, and all that the network does. */
const passes = (error: unknown): boolean =>
  error instanceof DynamoRefusal
    ? error.status >= 500 || isThrottled(error)
    : error instanceof Error && 'code' in error;

/** Ms at most before the second attempt, doubled for each further one ("Retry behavior" in the AWS SDKs and Tools Reference Guide). */
const pauseMs = { usual: 100, throttled: 500 };

/** A client for one endpoint and whoever the credentials are of. */
export function documents({ endpoint, region, credentials, attempts = 3 }: Settings): Documents {
  const url = new URL(endpoint);
  const once = async (target: string, body: string, signal?: AbortSignal): Promise<Record<string, unknown>> => {
    const own = { host: url.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
    const unsigned = { service: 'dynamodb', region, path: '/', headers: own, body };
    const headers = signedHeaders(unsigned, await credentials(), Date.now());
    const { status, text } = await post(url, headers, body, signal);
    if (status === 200) return JSON.parse(text) as Record<string, unknown>;
    throw new DynamoRefusal(status, said(text));
  };
  const send = async <O extends Operation>(
    { operation, input }: Command<O>,
    { abortSignal }: { readonly abortSignal?: AbortSignal } = {},
  ): Promise<Calls[O]['output']> => {
    const target = `DynamoDB_20120810.${operation}`;
    const body = JSON.stringify(requestOf(operation, input, randomUUID));
    for (let attempt = 1; ; attempt++) {
      try {
        return answerOf(operation, await once(target, body, abortSignal)) as Calls[O]['output'];
      } catch (error) {
        if (attempt >= attempts || abortSignal?.aborted || !passes(error)) throw error;
        const base = isThrottled(error) ? pauseMs.throttled : pauseMs.usual;
        await sleep(Math.random() * base * 2 ** (attempt - 1));
      }
    }
  };
  return documentsBy(send);
}

/** The body of a refusal; of something in between that answers in the service's stead, nothing. */
function said(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
