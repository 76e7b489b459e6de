// How a call is refused: the error types of the wire protocol, with the texts of the service.

const types = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  UnrecognizedClientException: 'com.amazon.coral.service',
  InvalidSignatureException: 'com.amazon.coral.service',
  MissingAuthenticationTokenException: 'com.amazon.coral.service',
  AccessDeniedException: 'com.amazon.coral.service',
  ExpiredTokenException: 'com.amazon.coral.service',
  ConditionalCheckFailedException: 'com.amazonaws.dynamodb.v20120810',
  TransactionCanceledException: 'com.amazonaws.dynamodb.v20120810',
  IdempotentParameterMismatchException: 'com.amazonaws.dynamodb.v20120810',
  ResourceNotFoundException: 'com.amazonaws.dynamodb.v20120810',
  ResourceInUseException: 'com.amazonaws.dynamodb.v20120810',
  LimitExceededException: 'com.amazonaws.dynamodb.v20120810',
  TrimmedDataAccessException: 'com.amazonaws.dynamodb.v20120810',
  ExpiredIteratorException: 'com.amazonaws.dynamodb.v20120810',
  InternalServerError: 'com.amazonaws.dynamodb.v20120810',
} as const;

export type FailureType = keyof typeof types;

/** Thrown by a call. `members` go into the body beside type and message (CancellationReasons, Item). */
export class DynamoFailure extends Error {
  readonly type: FailureType;
  readonly members: Readonly<Record<string, unknown>>;
  constructor(type: FailureType, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.members = members;
  }

  /** HTTP status: DynamoDB answers 400 for everything the caller can mend. */
  get status(): number {
    return this.type === 'InternalServerError' ? 500 : 400;
  }

  body(): string {
    const __type = `${types[this.type]}#${this.type}`;
    // SerializationException and the errors of the front door spell it `Message`; the SDK reads both.
    const name = types[this.type] === 'com.amazon.coral.service' ? 'Message' : 'message';
    return JSON.stringify({ __type, [name]: this.message, ...this.members });
  }
}

/** A ValidationException. */
export const invalid = (message: string): DynamoFailure => new DynamoFailure('ValidationException', message);

/** What most texts about parameters begin with. */
export const invalidValue = (message: string): DynamoFailure =>
  invalid(`One or more parameter values were invalid: ${message}`);
