// What people type to sign in.
import * as z from 'zod';
import { rule } from '../platform/words.ts';

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** Cognito takes at most 256 characters; its policy says how strong. */
export const password = z.string().min(1).max(256);
export const code = z
  .string()
  .trim()
  .regex(/^\d{4,10}$/, rule('验证码的数字', 'the digits of the code'));
