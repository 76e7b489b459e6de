// The canonical form of a request in AWS Signature Version 4, rebuilt from what arrived on the wire.
// Source: "Create a signed AWS API request" (IAM User Guide).

/** A request as the socket gave it: `path` and `query` raw (still percent-encoded, `query` without `?`), header names in lower case. */
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** RFC 3986 encoding as AWS wants it: everything but A-Z a-z 0-9 - . _ ~ */
export const encodeStrict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Percent-decoding that answers undefined for a broken sequence instead of throwing. */
export const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Name and value pairs of a raw query, decoded; a name without `=` has the value ''. */
export const queryPairs = (query: string): [string, string][] =>
  query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return [decode(name) ?? name, decode(value) ?? value];
    });

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const canonicalQuery = (query: string): string =>
  queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeStrict(name), encodeStrict(value)] as const)
    .sort(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** S3 signs a path with its segments encoded once; every other service encodes the path as it was sent, whatever that was. */
const canonicalPath = (path: string, service: string): string =>
  path
    .split('/')
    .map((segment) => encodeStrict(service === 's3' ? (decode(segment) ?? segment) : segment))
    .join('/');

/** The value of a header as signed: several joined by a comma, outer spaces cut, inner runs of spaces made one. */
export const headerValue = (request: WireRequest, name: string): string | undefined => {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).map((one) => one.trim().replace(/\s+/g, ' ')).join(',');
};

/** The canonical request that the signer must have hashed. A signed header that did not arrive counts as empty. */
export const canonicalRequest = (
  request: WireRequest,
  signed: { service: string; headers: readonly string[]; payloadHash: string },
): string =>
  [
    request.method,
    canonicalPath(request.path, signed.service),
    canonicalQuery(request.query),
    ...signed.headers.map((name) => `${name}:${headerValue(request, name) ?? ''}`),
    '',
    signed.headers.join(';'),
    signed.payloadHash,
  ].join('\n');
