// The second factor: an authenticator app.
import * as z from 'zod';
import { code, password } from '../identity/schema.ts';
import { displayName } from '../platform/name.ts';

/** `name`: what the person calls the app or device. */
export const Confirm = z.object({ code, name: displayName(60) });
/** `code`: of the app that counts. */
export const Disable = z.object({ password, code });
/** Both where an app counts already: another takes its place. */
export const Enrol = Disable.partial();
export const ResetMfa = z.object({ id: z.string().min(1).max(100) });

/** `required`: the tenant demands it of this person. */
export const Status = z.object({ enabled: z.boolean(), name: z.string().nullable(), required: z.boolean() });
