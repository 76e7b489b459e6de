// A door that speaks AWS JSON 1.1: proves who calls, and hands the call to the service whose target it names.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Call as AccessCall, Callers } from './iam/callers.ts';
import type { RequestContext } from './iam/condition.ts';
import { type Listening, listen } from './listen.ts';
import { SignatureRefused, signerOf } from './signature/index.ts';

/** A refusal in the words of AWS. Some of its errors have no message: then the text is empty. */
export class CallRefused extends Error {
  readonly code: string;
  constructor(code: string, message = '') {
    super(message);
    this.name = 'CallRefused';
    this.code = code;
  }
}

/** Throws CallRefused AccessDeniedException with `said`, or with the sentence of IAM, when the caller may not do that. */
export type Ask = (action: string, resource: string, context?: RequestContext, said?: string) => void;

export type JsonService = {
  /** As in the scope of a signature: `kms`. */
  readonly name: string;
  /** What X-Amz-Target begins with: `TrentService`. */
  readonly target: string;
  /** By name of the call. Each reads its input, asks for the rights it needs, and answers. Throws CallRefused. */
  readonly calls: Readonly<Record<string, (input: unknown, ask: Ask) => object>>;
};

export type JsonGate = Pick<Callers, 'secretOf' | 'authorize' | 'sentence'>;

/** Far above what the services behind this door take (64 KiB of secret). */
const LARGEST = 1024 ** 2;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST) throw new CallRefused('ValidationException', 'The request is longer than this service takes.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const refused = ({ code, message }: SignatureRefused): CallRefused => {
  if (code === 'ExpiredToken') return new CallRefused('ExpiredTokenException', message);
  if (code === 'InvalidAccessKeyId' || code === 'InvalidToken')
    return new CallRefused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (code === 'RequestTimeTooSkewed')
    return new CallRefused('InvalidSignatureException', `Signature expired: ${message}`);
  return new CallRefused('InvalidSignatureException', message);
};

const mismatch =
  'The request signature we calculated does not match the signature you provided: the signed hash is not that of the body.';

/** Access key of who signed. Throws CallRefused. */
const callerOf = (request: IncomingMessage, body: Buffer, service: string, { secretOf }: JsonGate): string => {
  if (!request.headers.authorization)
    throw new CallRefused('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  const otherBody = () => new CallRefused('InvalidSignatureException', mismatch);
  try {
    return signerOf(request, body, { service, secretOf, otherBody });
  } catch (error) {
    throw error instanceof SignatureRefused ? refused(error) : error;
  }
};

const asking =
  (accessKeyId: string, { authorize, sentence }: JsonGate): Ask =>
  (action, resource, context, said) => {
    const call: AccessCall = { accessKeyId, action, resource, ...(context && { context }) };
    const reason = authorize(call);
    if (reason !== undefined) throw new CallRefused('AccessDeniedException', said ?? sentence(call, reason));
  };

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new CallRefused('SerializationException', 'The body is not JSON.');
  }
};

async function answer(request: IncomingMessage, services: readonly JsonService[], gate: JsonGate): Promise<object> {
  const body = await readBody(request);
  const [target = '', name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const service = services.find((one) => one.target === target);
  const call = service && Object.hasOwn(service.calls, name) ? service.calls[name] : undefined;
  if (!service || !call)
    throw new CallRefused('UnknownOperationException', `${name || 'This call'} is not available in the local cloud.`);
  const caller = callerOf(request, body, service.name, gate);
  return call(parsed(body), asking(caller, gate));
}

const failure = (error: unknown, fault: (error: unknown) => void): { status: number; body: object } => {
  if (error instanceof CallRefused)
    return { status: 400, body: { __type: error.code, ...(error.message && { message: error.message }) } };
  fault(error);
  return { status: 500, body: { __type: 'InternalFailure', message: 'The service failed; see the log of the cloud.' } };
};

/** Serves `services` on `port` (0: any free one); `fault` hears of what is no refusal. Throws PORT_TAKEN. */
export async function openJsonDoor(
  services: readonly JsonService[],
  { gate, port, what, fault }: { gate: JsonGate; port: number; what: string; fault: (error: unknown) => void },
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, services, gate).then(
      (found) => ({ status: 200, body: found }),
      (error: unknown) => failure(error, fault),
    );
    request.resume();
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
    });
    response.end(JSON.stringify(body));
  });
  return listen(server, port, what);
}
