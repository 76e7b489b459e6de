// The STS door: the query protocol (a form in, XML out), as the SDK speaks it.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Callers } from '../iam/callers.ts';
import { type Listening, listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { SignatureRefused, signerOf } from '../signature/index.ts';
import { element, wrap } from '../storage/s3/xml.ts';
import type { RolePlan } from '../template/role.ts';
import { assumeRole } from './assume-role.ts';
import { type StsCode, StsFailure } from './failure.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

const codes: Partial<Record<SignatureRefused['code'], StsCode>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  ExpiredToken: 'ExpiredToken',
};

const callerOf = (request: IncomingMessage, body: string, { secretOf }: Callers): string => {
  if (!request.headers.authorization)
    throw new StsFailure('MissingAuthenticationToken', 'Request is missing Authentication Token');
  const otherBody = (message: string) => new StsFailure('SignatureDoesNotMatch', message);
  try {
    return signerOf(request, body, { service: 'sts', secretOf, otherBody });
  } catch (error) {
    if (!(error instanceof SignatureRefused)) throw error;
    throw new StsFailure(codes[error.code] ?? 'SignatureDoesNotMatch', error.message);
  }
};

type Tree = { readonly [name: string]: string | Tree };

const xml = (tree: Tree): string =>
  Object.entries(tree)
    .map(([name, content]) => (typeof content === 'string' ? element(name, content) : wrap(name, xml(content))))
    .join('');

const answer = async (
  request: IncomingMessage,
  callers: Callers,
  roles: ReadonlyMap<string, RolePlan>,
): Promise<Tree> => {
  const body = await readBody(request);
  if (body === undefined) throw new StsFailure('ValidationError', 'The request is longer than STS takes.');
  const form = new URLSearchParams(body);
  const action = form.get('Action') ?? '';
  const caller = callerOf(request, body, callers);
  if (action === 'AssumeRole') return assumeRole(form, caller, { callers, roles });
  throw new StsFailure('InvalidAction', `${action || 'A call without Action'} is not available in the local cloud.`);
};

/** Serves STS on `port` (0: any free one); `fault` hears of what is no refusal. Throws PORT_TAKEN. */
export function openStsDoor(options: {
  readonly callers: Callers;
  readonly roles: readonly RolePlan[];
  readonly port: number;
  readonly fault: (error: unknown) => void;
}): Promise<Listening> {
  const { callers, port, fault } = options;
  const roles = new Map(options.roles.map((role) => [role.arn, role]));
  const failure = (error: unknown): StsFailure => {
    if (error instanceof StsFailure) return error;
    fault(error);
    return new StsFailure('InternalFailure', 'The service failed; see the log of the cloud.');
  };
  const server = createServer(async (request, response) => {
    const RequestId = randomUUID();
    const send = (status: number, name: string, content: Tree): void => {
      request.resume();
      response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': RequestId });
      response.end(`<${name} xmlns="${namespace}">${xml(content)}</${name}>`);
    };
    try {
      const AssumeRoleResult = await answer(request, callers, roles);
      send(200, 'AssumeRoleResponse', { AssumeRoleResult, ResponseMetadata: { RequestId } });
    } catch (error) {
      const { status, code, message } = failure(error);
      const Type = status < 500 ? 'Sender' : 'Receiver';
      send(status, 'ErrorResponse', { Error: { Type, Code: code, Message: message }, RequestId });
    }
  });
  return listen(server, port, 'STS');
}
