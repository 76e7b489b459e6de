// The headers of a signed POST (IAM User Guide, "Create a signed AWS API request": Signature Version 4).
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

export type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** `headers`: small names; host among them. `path` is as it stands in the request, and has nothing that would have to be escaped. */
export type Unsigned = {
  readonly service: string;
  readonly region: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const hmac = (key: string | Buffer | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The key of the day by secret and scope: deriving it costs more than using it, and bytes as a key several times a KeyObject. */
const derived = new Map<string, KeyObject>();
const mostDerived = 200;

function signingKey(secret: string, [day, region, service]: readonly [string, string, string]): KeyObject {
  const name = `${day}/${region}/${service}/${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const key = createSecretKey(hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request'));
  if (derived.size >= mostDerived) derived.clear();
  derived.set(name, key);
  return key;
}

/** All headers of the request. @param now epoch ms */
export function signedHeaders(
  { service, region, path, headers: own, body }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
  now: number,
): Record<string, string> {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const headers: Record<string, string> = { ...own, 'x-amz-date': date };
  if (sessionToken !== undefined) headers['x-amz-security-token'] = sessionToken;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = `POST\n${path}\n\n${lines}\n${names.join(';')}\n${hash('sha256', body)}`;
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`;
  const signature = hmac(signingKey(secretAccessKey, [day, region, service]), text).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}
