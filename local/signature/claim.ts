// What a caller claims about their signature: taken from the Authorization header or from the query of a presigned URL.
import { headerValue, queryPairs, type WireRequest } from './canonical.ts';

/** Why a signature is not accepted. `code` is the S3 error code; other doors translate it. */
export type SignatureFault =
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'ExpiredToken'
  | 'InvalidAccessKeyId'
  | 'InvalidToken'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch';

/** Thrown when a request is not signed by someone known. `details` go into the answer as they are. */
export class SignatureRefused extends Error {
  readonly code: SignatureFault;
  readonly details: Readonly<Record<string, string>>;
  constructor(code: SignatureFault, message: string, details: Record<string, string> = {}) {
    super(message);
    this.name = 'SignatureRefused';
    this.code = code;
    this.details = details;
  }
}

export type Claim = {
  readonly accessKeyId: string;
  /** yyyymmdd of the credential scope */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** lower case, in the order given */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** yyyymmddThhmmssZ */
  readonly date: string;
  /** Seconds a presigned URL lives; absent for a signature in the header. */
  readonly expires?: number;
};

/** Where a request carries the token of a session. */
export const tokenName = 'x-amz-security-token';

type Parts = { credential: string; headers: string; signature: string; date: string; expires?: number };

const read = (parts: Parts, fault: SignatureFault): Claim => {
  const [accessKeyId, day, region, service, ending, ...rest] = parts.credential.split('/');
  if (!accessKeyId || !day || !region || !service || ending !== 'aws4_request' || rest.length > 0)
    throw new SignatureRefused(
      fault,
      'The credential must be of the form "<key>/<yyyymmdd>/<region>/<service>/aws4_request".',
    );
  const signedHeaders = parts.headers.toLowerCase().split(';');
  if (!signedHeaders.includes('host')) throw new SignatureRefused(fault, 'The header "host" must be signed.');
  if (!/^\d{8}T\d{6}Z$/.test(parts.date) || !parts.date.startsWith(day))
    throw new SignatureRefused(fault, 'The date must be of the form yyyymmddThhmmssZ, on the day of the credential.');
  const { signature, date, expires } = parts;
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders,
    signature,
    date,
    ...(expires === undefined ? {} : { expires }),
  };
};

const fromHeader = (request: WireRequest, header: string): Claim => {
  const fault = 'AuthorizationHeaderMalformed';
  const found = /^AWS4-HMAC-SHA256 +Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
    header.trim(),
  );
  if (!found)
    throw new SignatureRefused(
      fault,
      'The authorization header is malformed; AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature is needed.',
    );
  const [, credential = '', headers = '', signature = ''] = found;
  return read({ credential, headers, signature, date: headerValue(request, 'x-amz-date') ?? '' }, fault);
};

const WEEK = 604_800;

const fromQuery = (query: ReadonlyMap<string, string>): Claim => {
  const fault = 'AuthorizationQueryParametersError';
  const need = (name: string): string => {
    const value = query.get(name);
    if (!value)
      throw new SignatureRefused(
        fault,
        `The query parameter ${name} is missing; a presigned URL must be used as it was given.`,
      );
    return value;
  };
  if (need('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    throw new SignatureRefused(fault, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256".');
  const expires = Number(need('X-Amz-Expires'));
  if (!Number.isInteger(expires) || expires < 0)
    throw new SignatureRefused(fault, 'X-Amz-Expires must be a non-negative whole number.');
  if (expires > WEEK)
    throw new SignatureRefused(fault, 'X-Amz-Expires must be less than a week (in seconds); that is 604800.');
  return read(
    {
      credential: need('X-Amz-Credential'),
      headers: need('X-Amz-SignedHeaders'),
      signature: need('X-Amz-Signature'),
      date: need('X-Amz-Date'),
      expires,
    },
    fault,
  );
};

/** The claim of a request; undefined when it is anonymous. Throws SignatureRefused when it is malformed. */
export const claimOf = (request: WireRequest): Claim | undefined => {
  const header = headerValue(request, 'authorization');
  if (header !== undefined) return fromHeader(request, header);
  const query = new Map(queryPairs(request.query));
  return query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm') ? fromQuery(query) : undefined;
};
