// The headers of a signed call of the JSON protocol (IAM User Guide, "Create a signed AWS API request": Signature Version 4).
import { createHmac, hash } from 'node:crypto';

export type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The key of the day by secret and scope: deriving it costs more than using it. */
const derived = new Map<string, Buffer>();
const mostDerived = 200;

function signingKey(secret: string, day: string, region: string): Buffer {
  const name = `${day}/${region}/${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 'dynamodb'), 'aws4_request');
  if (derived.size >= mostDerived) derived.clear();
  derived.set(name, key);
  return key;
}

/** Headers of `POST /` with this body. @param target `DynamoDB_20120810.Query` @param now epoch ms */
export function signedHeaders(
  { host, region, target, body }: { host: string; region: string; target: string; body: string },
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
  now: number,
): Record<string, string> {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    host,
    'x-amz-date': date,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
    'x-amz-target': target,
  };
  // they stand in the order of the alphabet, as they must
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${hash('sha256', body)}`;
  const scope = `${day}/${region}/dynamodb/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`;
  const signature = hmac(signingKey(secretAccessKey, day, region), text).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return headers;
}
