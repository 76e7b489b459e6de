// What Cognito's refusals mean to the person in front of us.
import { Failure, type FailureCode } from '../platform/failure.ts';
import { type Words, words } from '../platform/words.ts';

const codes: Readonly<Record<string, FailureCode>> = {
  UsernameExistsException: 'EMAIL_TAKEN',
  AliasExistsException: 'EMAIL_TAKEN',
  UserNotFoundException: 'WRONG_CREDENTIALS',
  UserNotConfirmedException: 'NOT_CONFIRMED',
  PasswordResetRequiredException: 'PASSWORD_RESET_REQUIRED',
  CodeMismatchException: 'WRONG_CODE',
  ExpiredCodeException: 'WRONG_CODE',
  EnableSoftwareTokenMFAException: 'WRONG_CODE',
  RefreshTokenReuseException: 'REFRESH_REUSED',
  TooManyRequestsException: 'TOO_MANY_ATTEMPTS',
  TooManyFailedAttemptsException: 'TOO_MANY_ATTEMPTS',
  LimitExceededException: 'TOO_MANY_ATTEMPTS',
  UnsupportedTokenTypeException: 'INVALID_REFRESH',
};

/** Turns a refusal of Cognito into ours; `denied` is what "not authorized" means for this call. */
export const refusing =
  (denied: FailureCode) =>
  (error: unknown): never => {
    const { name, message } = error instanceof Error ? error : { name: '', message: '' };
    throw meant(name, message, denied, error);
  };

function meant(name: string, message: string, denied: FailureCode, cause: unknown): Failure {
  const known = codes[name];
  if (known) return new Failure(known, {}, cause);
  if (name === 'InvalidPasswordException') return new Failure('WEAK_PASSWORD', { reason: weakness(message) }, cause);
  // our own pre-token trigger refuses people who are switched off
  if (name === 'UserLambdaValidationException' && message.includes('MEMBER_INACTIVE'))
    return new Failure('MEMBER_INACTIVE', {}, cause);
  if (name === 'NotAuthorizedException') return notAuthorized(message, denied, cause);
  if (name === 'InvalidParameterException') return new Failure('INVALID_REQUEST', { reason: message }, cause);
  return new Failure('SIGN_IN_UNAVAILABLE', {}, cause);
}

/** Cognito says several things with one name. */
function notAuthorized(message: string, denied: FailureCode, cause: unknown): Failure {
  if (message.includes('attempts exceeded')) return new Failure('TOO_MANY_ATTEMPTS', {}, cause);
  if (message.includes('disabled')) return new Failure('MEMBER_INACTIVE', {}, cause);
  // whether an address is confirmed already is told to nobody who cannot sign in with it
  if (message.includes('cannot be confirmed')) return new Failure('WRONG_CODE', {}, cause);
  return new Failure(denied, {}, cause);
}

/** What a password lacks. Cognito says it in English, behind a common beginning. */
function weakness(message: string): Words {
  const said = message.replace(/^.*?: /, '').replace(/\.$/, '');
  const known = lacks.find(([pattern]) => pattern.test(said));
  return words(known?.[1] ?? said, said);
}

const lacks: readonly (readonly [RegExp, string])[] = [
  [/not long enough/i, '长度不够（至少 10 个字符）'],
  [/uppercase/i, '缺少大写字母'],
  [/lowercase/i, '缺少小写字母'],
  [/numeric/i, '缺少数字'],
  [/symbol/i, '缺少符号'],
];
