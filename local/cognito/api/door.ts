// The door of the user pool API (AWS JSON 1.1).
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../read-body.ts';
import { type SecretOf, SignatureRefused, signerOf } from '../../signature/index.ts';
import { account } from '../../template/identity.ts';
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { callNamed } from './index.ts';
import type { Input } from './input.ts';

/** Who may make IAM calls. Without `secretOf` a call must be signed, but the signature is not checked. */
export type IamGate = {
  readonly secretOf?: SecretOf | undefined;
  readonly authorize?:
    | ((call: { accessKeyId: string; action: string; resource: string }) => string | undefined)
    | undefined;
};

const inputOf = (text: string): Input => {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Input;
  } catch {
    // falls through to the one answer for every unreadable body
  }
  throw new CognitoFailure('SerializationException', 'The body is not a JSON object.');
};

const admit = (
  request: IncomingMessage,
  body: string,
  gate: IamGate,
  ask: { action: string; resource: string },
): void => {
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
    throw new CognitoFailure('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (!gate.secretOf) return;
  const otherBody = (message: string) => new CognitoFailure('AccessDeniedException', message);
  const accessKeyId = signerOf(request, body, { service: 'cognito-idp', secretOf: gate.secretOf, otherBody });
  const refusal = gate.authorize?.({ accessKeyId, ...ask });
  if (refusal !== undefined)
    throw new CognitoFailure(
      'AccessDeniedException',
      `User: ${accessKeyId} is not authorized to perform: ${ask.action} on resource: ${ask.resource}: ${refusal}`,
    );
};

const run = async (pool: Pool, gate: IamGate, request: IncomingMessage): Promise<object> => {
  const body = await readBody(request);
  if (body === undefined) throw new CognitoFailure('SerializationException', 'The body is too long.');
  const name = String(request.headers['x-amz-target'] ?? '').replace(/^AWSCognitoIdentityProviderService\./, '');
  const call = callNamed(name);
  const resource = `arn:aws:cognito-idp:${pool.region}:${account}:userpool/${pool.settings.id}`;
  if (call.iam) admit(request, body, gate, { action: `cognito-idp:${name}`, resource });
  return call.run(pool, inputOf(body));
};

const codes: Partial<Record<SignatureRefused['code'], string>> = {
  InvalidAccessKeyId: 'UnrecognizedClientException',
  InvalidToken: 'UnrecognizedClientException',
  ExpiredToken: 'ExpiredTokenException',
};

const problem = (error: unknown): { code: string; message: string } => {
  if (error instanceof CognitoFailure) return error;
  if (error instanceof SignatureRefused)
    return {
      code: codes[error.code] ?? 'InvalidSignatureException',
      message: error.message,
    };
  process.stderr.write(`cognito: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { code: 'InternalErrorException', message: 'The local user pool failed; see the log of the local cloud.' };
};

/** Answers one API call; never throws. */
export const apiDoor =
  (pool: Pool, gate: IamGate) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
    try {
      const answer = await run(pool, gate, request);
      response.writeHead(200, headers).end(JSON.stringify(answer));
    } catch (error) {
      const { code, message } = problem(error);
      response
        .writeHead(code === 'InternalErrorException' ? 500 : 400, { ...headers, 'x-amzn-errortype': code })
        .end(JSON.stringify({ __type: code, message }));
    }
  };
