// An organisation: its plan and what the plan gives it.
import * as z from 'zod';
import { displayName } from '../platform/name.ts';
import { Subdomain } from './subdomain.ts';

/**
 * `onboarding` can be joined and nothing else; `trial` and `active` work; `suspended` and `closing` are read only; of one that is `closed`
 * nothing is left but that it was there (docs/adr/0010).
 */
export const TenantStatus = z.enum(['onboarding', 'trial', 'active', 'suspended', 'closing', 'closed']);
export type TenantStatus = z.infer<typeof TenantStatus>;

export const TenantLocale = z.enum(['zh-CN', 'en']);

export const Tenant = z.object({
  id: z.string(),
  name: z.string(),
  subdomain: z.string().nullable(),
  plan: z.string(),
  status: TenantStatus,
  /** Of one that is closing: epoch ms at which its removal begins; until then it can be taken back. */
  closesAt: z.int().nullable(),
  quotaApiCalls: z.int(),
  quotaStorageMb: z.int(),
  locale: TenantLocale,
  mfaRequired: z.boolean(),
  version: z.int(),
});
export type Tenant = z.infer<typeof Tenant>;

export const UpdateTenant = z.object({
  version: z.coerce.number().int().min(1).optional(),
  name: displayName(100).optional(),
  subdomain: Subdomain.nullable().optional(),
  locale: TenantLocale.optional(),
  mfaRequired: z.boolean().optional(),
});

export const Branding = z.object({ name: z.string(), subdomain: z.string() });

/** Bytes; `percent` 0–100 with one decimal. */
export const Storage = z.object({
  total: z.int(),
  used: z.int(),
  available: z.int(),
  percent: z.number(),
});
export type Storage = z.infer<typeof Storage>;
