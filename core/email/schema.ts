// What a person gives to get another address.
import * as z from 'zod';
import { code, email, password } from '../identity/schema.ts';

export const Change = z.object({ email, password });
export const Confirm = z.object({ code });
