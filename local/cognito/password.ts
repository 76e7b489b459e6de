// Passwords: the policy of the pool, and scrypt at rest.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { CognitoFailure } from './failure.ts';
import type { PasswordPolicy } from './settings.ts';

/** What Cognito counts as a symbol (User Guide, "Adding user pool password requirements"); inner spaces count too. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Cognito's default is eight characters of all four kinds. */
export const defaultPolicy = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

/** Cognito's own upper limit; it also bounds the work of scrypt. */
const LONGEST = 256;

/** Throws InvalidPasswordException with Cognito's words for the first rule broken. */
export const checkPolicy = (password: string, policy: PasswordPolicy): void => {
  const rules = { ...defaultPolicy, ...policy };
  const broken = (what: string): CognitoFailure =>
    new CognitoFailure('InvalidPasswordException', `Password did not conform with policy: ${what}`);
  if (password.length > LONGEST) throw broken('Password too long');
  if (password !== password.trim()) throw broken('Password must not have leading or trailing spaces');
  if (password.length < rules.MinimumLength) throw broken('Password not long enough');
  if (rules.RequireUppercase && !/[A-Z]/.test(password)) throw broken('Password must have uppercase characters');
  if (rules.RequireLowercase && !/[a-z]/.test(password)) throw broken('Password must have lowercase characters');
  if (rules.RequireNumbers && !/\d/.test(password)) throw broken('Password must have numeric characters');
  if (rules.RequireSymbols && !symbols.test(password)) throw broken('Password must have symbol characters');
};

/** 16 MiB and some 40 ms a try: the least OWASP's Password Storage Cheat Sheet bears for a local store is r=8, p=1. */
const cost = { N: 2 ** 14, r: 8, p: 1 };

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** `salt.key`, both base64url. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
};

/** Whether a password is the stored one. Takes as long when there is none, so that time tells nothing. */
export const isPassword = async (password: string, stored: string | undefined): Promise<boolean> => {
  const [salt = '', key = ''] = (stored ?? '.').split('.');
  const found = await derive(password.slice(0, LONGEST), Buffer.from(salt, 'base64url'));
  const wanted = Buffer.from(key, 'base64url');
  return password.length <= LONGEST && wanted.length === found.length && timingSafeEqual(found, wanted);
};
