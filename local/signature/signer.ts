// Who signed a request that came whole: the signature must be good, and what it signs of the body must be this body.
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type SecretOf, verifySignature } from './verify.ts';

/** Access key of who signed. Throws SignatureRefused, and `otherBody` when the signed hash is that of another body. */
export const signerOf = (
  request: IncomingMessage,
  body: Buffer | string,
  { service, secretOf, otherBody }: { service: string; secretOf: SecretOf; otherBody: (message: string) => Error },
): string => {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const bodyHash = hash('sha256', body);
  const wire = { method: request.method ?? 'POST', path, query, headers: request.headers };
  const { accessKeyId, payloadHash } = verifySignature(wire, { service, secretOf, now: Date.now(), bodyHash });
  if (payloadHash !== bodyHash) throw otherBody('The signed hash is not that of the body.');
  return accessKeyId;
};
