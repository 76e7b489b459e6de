// The gate: proves who calls by the signature of the request, and asks whether they may.
import type { IncomingMessage } from 'node:http';
import { type SecretOf, SignatureRefused, signerOf } from '../signature/index.ts';
import type { Access } from './calls/call.ts';
import { DynamoFailure, type FailureType } from './failure.ts';

/** One question of rights. `context` holds the condition keys of the request. */
export type AccessCall = {
  readonly accessKeyId: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
};

export type Gate = {
  /** The secret of an access key; undefined when nobody has that key. Absent: no signature is asked for. */
  readonly secretOf?: SecretOf;
  /** Why a call is refused, in the words its sentence ends with; undefined when it is allowed. Absent: everything is. */
  readonly authorize?: (call: AccessCall) => string | undefined;
  /** The whole sentence of a refusal; a plain one by default. */
  readonly sentence?: (call: AccessCall, reason: string) => string;
};

const types: Readonly<Record<string, FailureType>> = {
  InvalidAccessKeyId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  AuthorizationHeaderMalformed: 'InvalidSignatureException',
};

const refused = ({ code, message }: SignatureRefused): DynamoFailure => {
  if (code === 'ExpiredToken') return new DynamoFailure('ExpiredTokenException', message);
  if (code === 'InvalidAccessKeyId' || code === 'InvalidToken')
    return new DynamoFailure('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (code === 'RequestTimeTooSkewed')
    return new DynamoFailure('InvalidSignatureException', `Signature expired: ${message}`);
  return new DynamoFailure(types[code] ?? 'MissingAuthenticationTokenException', message);
};

const mismatch =
  'The request signature we calculated does not match the signature you provided: the signed hash is not that of the body.';

/** Access key of the caller; undefined when no signature is asked for. Throws DynamoFailure. */
export const callerOf = (request: IncomingMessage, body: Buffer, { secretOf }: Gate): string | undefined => {
  if (!secretOf) return undefined;
  if (!request.headers.authorization)
    throw new DynamoFailure('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  const otherBody = () => new DynamoFailure('InvalidSignatureException', mismatch);
  try {
    return signerOf(request, body, { service: 'dynamodb', secretOf, otherBody });
  } catch (error) {
    throw error instanceof SignatureRefused ? refused(error) : error;
  }
};

/** Asks for every right a call needs. Throws AccessDeniedException for the first one that is missing. */
export const admit = (
  accessKeyId: string | undefined,
  rights: readonly Access[],
  { authorize, sentence }: Gate,
): void => {
  if (!authorize || accessKeyId === undefined) return;
  for (const { action, resource, leadingKeys } of rights) {
    const call = {
      accessKeyId,
      action,
      resource,
      ...(leadingKeys && { context: { 'dynamodb:LeadingKeys': leadingKeys } }),
    };
    const reason = authorize(call);
    if (reason === undefined) continue;
    const plain = `User: ${accessKeyId} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
    throw new DynamoFailure('AccessDeniedException', sentence?.(call, reason) ?? plain);
  }
};
