// Verifies AWS Signature Version 4, in the header or in the query of a presigned URL.
// Source: "Authenticating Requests (AWS Signature Version 4)", Amazon S3 API Reference; IAM User Guide for the other services.
import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { canonicalRequest, headerValue, queryPairs, type WireRequest } from './canonical.ts';
import { type Claim, claimOf, SignatureRefused, tokenName } from './claim.ts';

/** Who signed, and what was signed of the body. */
export type Signer = {
  readonly accessKeyId: string;
  /** The signed hash: 64 hex digits, `UNSIGNED-PAYLOAD` or a `STREAMING-…` word. */
  readonly payloadHash: string;
  readonly presigned: boolean;
};

/** Clock difference AWS bears, in milliseconds. */
const SKEW = 15 * 60_000;

const hmac = (key: string | Buffer | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** The key that signs for one day, region and service. */
export const signingKey = (secret: string, scope: { day: string; region: string; service: string }): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.day), scope.region), scope.service), 'aws4_request');

/** Keys of the day by secret and scope: a caller signs many requests with one, and deriving it costs more than using it. */
const derived = new Map<string, KeyObject>();
const KEPT = 1000;

const keptKey = (secret: string, scope: { day: string; region: string; service: string }): KeyObject => {
  const name = `${secret}/${scope.day}/${scope.region}/${scope.service}`;
  const known = derived.get(name);
  if (known) return known;
  const key = createSecretKey(signingKey(secret, scope));
  if (derived.size >= KEPT) derived.clear();
  derived.set(name, key);
  return key;
};

/** Equality of two hex texts in constant time. */
export const sameHex = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));

const instant = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const checkTime = (claim: Claim, now: number): void => {
  const signedAt = instant(claim.date);
  const server = { ServerTime: new Date(now).toISOString() };
  if (Number.isNaN(signedAt)) throw new SignatureRefused('AccessDenied', 'The date of the signature is not a date.');
  if (claim.expires === undefined) {
    if (Math.abs(now - signedAt) > SKEW)
      throw new SignatureRefused(
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        {
          RequestTime: claim.date,
          ...server,
          MaxAllowedSkewMilliseconds: String(SKEW),
        },
      );
    return;
  }
  if (signedAt - now > SKEW) throw new SignatureRefused('AccessDenied', 'Request is not yet valid', server);
  const end = signedAt + claim.expires * 1000;
  if (now > end)
    throw new SignatureRefused('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(claim.expires),
      Expires: new Date(end).toISOString(),
      ...server,
    });
};

/** An x-amz- header that is not signed could be put in by anyone who holds a presigned URL. */
const checkUnsigned = (request: WireRequest, claim: Claim): void => {
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length > 0)
    throw new SignatureRefused('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
};

/** The token of a session: in a header, or in the query of a presigned URL. */
const tokenOf = (request: WireRequest, claim: Claim): string | undefined =>
  claim.expires === undefined
    ? headerValue(request, tokenName)
    : queryPairs(request.query).find(([name]) => name.toLowerCase() === tokenName)?.[1];

/** The secret of a key; with its token, where it is a session's. Undefined when nobody has it. Throws SignatureRefused for a session that has ended. */
export type SecretOf = (accessKeyId: string, token?: string) => string | undefined;

/** Throws SignatureRefused for a key nobody has, and for a token that does not belong to it. */
export const secretFor = (secretOf: SecretOf, accessKeyId: string, token: string | undefined): string => {
  const secret = secretOf(accessKeyId, token);
  if (secret !== undefined) return secret;
  if (token !== undefined)
    throw new SignatureRefused('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  throw new SignatureRefused(
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    { AWSAccessKeyId: accessKeyId },
  );
};

const payloadHashOf = (request: WireRequest, claim: Claim, bodyHash: string | undefined): string =>
  headerValue(request, 'x-amz-content-sha256') ?? (claim.expires === undefined ? (bodyHash ?? '') : 'UNSIGNED-PAYLOAD');

/**
 * Says who signed a request; throws SignatureRefused otherwise.
 * The body is not looked at: the caller compares it with `payloadHash`. `bodyHash` (sha256, hex) is used where the
 * request carries no x-amz-content-sha256. `now` is in epoch milliseconds.
 */
export const verifySignature = (
  request: WireRequest,
  options: { service: string; secretOf: SecretOf; now: number; bodyHash?: string },
): Signer => {
  const claim = claimOf(request);
  if (!claim) throw new SignatureRefused('AccessDenied', 'Access Denied');
  if (claim.service !== options.service)
    throw new SignatureRefused(
      'AuthorizationHeaderMalformed',
      `The credential is for the service "${claim.service}"; "${options.service}" is expected.`,
    );
  const secret = secretFor(options.secretOf, claim.accessKeyId, tokenOf(request, claim));
  checkTime(claim, options.now);
  const payloadHash = payloadHashOf(request, claim, options.bodyHash);
  const canonical = canonicalRequest(request, { service: claim.service, headers: claim.signedHeaders, payloadHash });
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    claim.date,
    `${claim.day}/${claim.region}/${claim.service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  if (!sameHex(hmac(keptKey(secret, claim), stringToSign).toString('hex'), claim.signature))
    throw new SignatureRefused(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      { AWSAccessKeyId: claim.accessKeyId, StringToSign: stringToSign, CanonicalRequest: canonical },
    );
  checkUnsigned(request, claim);
  return { accessKeyId: claim.accessKeyId, payloadHash, presigned: claim.expires !== undefined };
};
