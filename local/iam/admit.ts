// The doors of the runner itself (Step Functions, the socket's management API): who signed, and may they.
import type { IncomingMessage } from 'node:http';
import { SignatureRefused, signerOf } from '../signature/index.ts';
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
    const otherBody = (message: string) => new Error(message);
    try {
      const accessKeyId = signerOf(request, body, { service, secretOf: callers.secretOf, otherBody });
      const call = { accessKeyId, action, resource };
      const reason = callers.authorize(call);
      return reason === undefined ? undefined : denied(callers.sentence(call, reason));
    } catch (error) {
      const { message } = error as Error;
      const isExpired = error instanceof SignatureRefused && error.code === 'ExpiredToken';
      return isExpired ? { code: 'ExpiredTokenException', message } : denied(message);
    }
  };
