// What a page says about a failure of the pool. Where the API would tell who exists, the page does not.
import { type CognitoCode, CognitoFailure } from '../failure.ts';
import type { Words } from './words.ts';

const byMessage: Readonly<Record<string, keyof Words>> = {
  'Password attempts exceeded': 'locked',
  'User is disabled.': 'disabled',
  'Temporary password has expired and must be reset by an administrator.': 'expired',
  'Invalid session for the user, session is expired.': 'challengeOver',
  'Username should be an email.': 'badEmail',
};

const byCode: Partial<Record<CognitoCode, keyof Words>> = {
  CodeMismatchException: 'wrongCode',
  ExpiredCodeException: 'wrongCode',
  LimitExceededException: 'limit',
  NotAuthorizedException: 'wrong',
  UserNotConfirmedException: 'unconfirmed',
  UserNotFoundException: 'wrong',
  UsernameExistsException: 'exists',
};

const sentence = (words: Words, key: string): string | undefined => {
  const found = Object.hasOwn(words, key) ? words[key as keyof Words] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** The sentence for a failure; a trigger's own words are shown as they are. Throws what is not a failure of the pool. */
export const problemOf = (words: Words, error: unknown): string => {
  if (!(error instanceof CognitoFailure)) throw error;
  const rule = /^Password did not conform with policy: (.*)$/.exec(error.message)?.[1];
  const key = rule ?? byMessage[error.message] ?? byCode[error.code];
  return (key && sentence(words, key)) ?? error.message;
};
