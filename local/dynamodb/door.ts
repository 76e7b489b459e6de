// The door: one HTTP request in the JSON 1.0 protocol is one call; answers are what the AWS SDK expects.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { explain } from '../fault.ts';
import type { World } from './calls/call.ts';
import { calls, partiql } from './calls/index.ts';
import { DynamoFailure } from './failure.ts';
import { admit, callerOf, type Gate } from './gate.ts';
import { checkParameters } from './parameters.ts';

/** Largest request: 16 MB of items (BatchWriteItem), and room for the JSON around them. */
const LARGEST = 24 * 1024 ** 2;

const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > LARGEST)
        reject(new DynamoFailure('ValidationException', 'The request is larger than DynamoDB takes (16 MB).'));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });

const callOf = (target: string) => {
  const found = calls.get(target);
  if (found) return found;
  const name = target.split('.').at(-1) ?? '';
  const message = partiql.has(name)
    ? `PartiQL (${name}) is not available in the local cloud; use the item calls with expressions.`
    : `${name || 'A call without X-Amz-Target'} is not available in the local cloud.`;
  throw new DynamoFailure('UnknownOperationException', message);
};

const asObject = (body: Buffer): Record<string, unknown> => {
  try {
    const content: unknown = JSON.parse(body.toString('utf8'));
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return content as Record<string, unknown>;
  } catch {
    // falls through to the one answer for every unreadable body
  }
  throw new DynamoFailure('SerializationException', 'The body is not a JSON object.');
};

/** Runs one call; answers its body. Throws DynamoFailure. */
const run = (request: IncomingMessage, body: Buffer, gate: Gate, world: World): string | Buffer => {
  const accessKeyId = callerOf(request, body, gate);
  const call = callOf(String(request.headers['x-amz-target'] ?? ''));
  const input = asObject(body);
  checkParameters(input, call.parameters);
  if (gate.authorize) admit(accessKeyId, call.access(input as never, world), gate);
  const answer = call.run(input as never, world);
  return typeof answer === 'string' || Buffer.isBuffer(answer) ? answer : JSON.stringify(answer);
};

const failureOf = (error: unknown, file: string): DynamoFailure => {
  if (error instanceof DynamoFailure) return error;
  const refusal = explain(error, file);
  if (!refusal)
    process.stderr.write(`dynamodb: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new DynamoFailure(
    'InternalServerError',
    refusal?.message ?? 'The table service failed; see the log of the local cloud.',
    refusal && { refusal: refusal.code },
  );
};

const send = (response: ServerResponse, status: number, answer: string | Buffer): void => {
  const body = typeof answer === 'string' ? Buffer.from(answer) : answer;
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': String(crc32(body)),
  });
  response.end(body);
};

const refuse = (response: ServerResponse, failure: DynamoFailure): void =>
  send(response, failure.status, failure.body());

export type Door = {
  readonly world: World;
  readonly gate: Gate;
  /** For sentences about the disk. */
  readonly file: string;
  /** Told the tables whose streams got records, after the commit. */
  readonly onWrite?: (tables: readonly string[]) => void;
};

type Waiting = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer };
type Outcome = { readonly answer: string | Buffer } | { readonly error: unknown };

/** Calls about tables keep what they know in memory too, and so are committed by themselves. */
const isAboutItems = ({ request }: Waiting): boolean => /Item|Query|Scan/.test(String(request.headers['x-amz-target']));

/** Answers requests, those that have come meanwhile together. Never throws. */
export const dynamoDoor = ({ world, gate, file, onWrite }: Door) => {
  const { db, recorder } = world.store;
  const waiting: Waiting[] = [];
  const outcomeOf = ({ request, body }: Waiting): Outcome => {
    try {
      return { answer: run(request, body, gate, world) };
    } catch (error) {
      return { error };
    }
  };
  const together = (all: readonly Waiting[]): Outcome[] => {
    const outcomes: Outcome[] = [];
    try {
      db.together(() => outcomes.push(...all.map(outcomeOf)));
      return outcomes;
    } catch (error) {
      return all.map(() => ({ error }));
    }
  };
  const reply = (response: ServerResponse, outcome: Outcome): void => {
    if ('answer' in outcome) send(response, 200, outcome.answer);
    else refuse(response, failureOf(outcome.error, file));
  };
  const serve = (): void => {
    const all = waiting.splice(0);
    const isGroup = all.length > 1 && all.every(isAboutItems);
    const outcomes = isGroup ? together(all) : all.map(outcomeOf);
    for (const [at, { response }] of all.entries()) reply(response, outcomes[at] as Outcome);
    const tables = recorder.takeTouched();
    if (tables.length > 0) onWrite?.(tables);
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request);
      if (waiting.push({ request, response, body }) === 1) setImmediate(serve);
    } catch (error) {
      reply(response, { error });
    }
  };
};
