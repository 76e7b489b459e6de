// How STS refuses a call: codes and statuses of "Common Errors", AWS Security Token Service API Reference.

const statuses = {
  AccessDenied: 403,
  ExpiredToken: 403,
  InternalFailure: 500,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidParameterValue: 400,
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
  ValidationError: 400,
} as const;

export type StsCode = keyof typeof statuses;

export class StsFailure extends Error {
  readonly code: StsCode;
  readonly status: number;
  constructor(code: StsCode, message: string) {
    super(message);
    this.name = 'StsFailure';
    this.code = code;
    this.status = statuses[code];
  }
}
