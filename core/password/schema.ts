// What a person gives to set a password.
import * as z from 'zod';
import { code, email, password } from '../identity/schema.ts';

export const Forgot = z.object({ email });
export const Reset = z.object({ email, code, password });
export const Change = z.object({ current: password, password });
