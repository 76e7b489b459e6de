// The doors of the runner itself (Step Functions, the socket's management API): who signed, and may they.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SignatureRefused, verifySignature } from '../signature/index.ts';
import type { Callers } from './callers.ts';

/** A refusal: its code and the whole sentence. */
export type Refused = { readonly code: 'AccessDeniedException' | 'ExpiredTokenException'; readonly message: string };

/** Undefined when the signer may do that. */
export type Admit = (request: IncomingMessage, body: Buffer, action: string, resource: string) => Refused | undefined;

const denied = (message: string): Refused => ({ code: 'AccessDeniedException', message });

/** `service` is the name in the signature's scope: `states`, `execute-api`. */
export const admitWith =
  (callers: Callers, service: string): Admit =>
  (request, body, action, resource) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const wire = { method: request.method ?? 'POST', path, query, headers: request.headers };
    try {
      const options = { service, secretOf: callers.secretOf, now: Date.now(), bodyHash };
      const { accessKeyId, payloadHash } = verifySignature(wire, options);
      if (payloadHash !== bodyHash) return denied('The signed hash is not that of the body.');
      const call = { accessKeyId, action, resource };
      const reason = callers.authorize(call);
      return reason === undefined ? undefined : denied(callers.sentence(call, reason));
    } catch (error) {
      const { message } = error as Error;
      const isExpired = error instanceof SignatureRefused && error.code === 'ExpiredToken';
      return isExpired ? { code: 'ExpiredTokenException', message } : denied(message);
    }
  };
