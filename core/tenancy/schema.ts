// Coming and going of tenants as the API tells it.
import * as z from 'zod';
import { code, password } from '../identity/schema.ts';
import { note } from '../platform/name.ts';
import { TenantStatus } from '../tenant/index.ts';

/** `confirm`: the name of the organisation, as it is shown. `code`: where the person has a second factor. */
export const Close = z.object({
  confirm: z.string().min(1).max(200),
  password,
  code: code.optional(),
  reason: note(500).default('closed by its owner'),
});

/** `closes_at`: epoch ms at which the removal begins. `notice`: what can be done until then, and what cannot afterwards. */
export const Closing = z.object({ id: z.string(), status: TenantStatus, closesAt: z.int(), notice: z.string() });
