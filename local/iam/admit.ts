// The doors of the runner itself (Step Functions, the socket's management API): who signed, and may they.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { verifySignature } from '../signature/index.ts';
import type { Callers } from './callers.ts';

/** The whole sentence of a refusal, or undefined when the signer may do that. */
export type Admit = (request: IncomingMessage, body: Buffer, action: string, resource: string) => string | undefined;

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
      if (payloadHash !== bodyHash) return 'The signed hash is not that of the body.';
      const call = { accessKeyId, action, resource };
      const reason = callers.authorize(call);
      return reason && callers.sentence(call, reason);
    } catch (error) {
      return (error as Error).message;
    }
  };
