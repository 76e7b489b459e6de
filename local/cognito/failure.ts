// Errors of the Cognito user pool API. Names and messages as the service gives them: clients compare both.

export type CognitoCode =
  | 'AccessDeniedException'
  | 'AliasExistsException'
  | 'CodeMismatchException'
  | 'EnableSoftwareTokenMFAException'
  | 'ExpiredCodeException'
  | 'InternalErrorException'
  | 'InvalidLambdaResponseException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'LimitExceededException'
  | 'MissingAuthenticationTokenException'
  | 'NotAuthorizedException'
  | 'RefreshTokenReuseException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'SoftwareTokenMFANotFoundException'
  | 'UnexpectedLambdaException'
  | 'UnknownOperationException'
  | 'UnsupportedTokenTypeException'
  | 'UserLambdaValidationException'
  | 'UserNotConfirmedException'
  | 'UserNotFoundException'
  | 'UsernameExistsException';

export class CognitoFailure extends Error {
  readonly code: CognitoCode;
  constructor(code: CognitoCode, message: string) {
    super(message);
    this.name = 'CognitoFailure';
    this.code = code;
  }
}

export const notAuthorized = (message: string): CognitoFailure => new CognitoFailure('NotAuthorizedException', message);
export const invalid = (message: string): CognitoFailure => new CognitoFailure('InvalidParameterException', message);

/** The one answer to a wrong name and to a wrong password. */
export const wrongPassword = (): CognitoFailure => notAuthorized('Incorrect username or password.');
