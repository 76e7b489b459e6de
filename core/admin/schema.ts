// Tenants as those see them who run the platform.
import * as z from 'zod';
import { isTenantId } from '../platform/id.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { planNames, Tenant, TenantStatus } from '../tenant/index.ts';

const id = z.string().refine(isTenantId, 'a tenant id');
/** Why: it is kept in the audit of the platform and of the tenant. */
const reason = z.string().trim().min(5).max(500);

/** `q`: the id, or a part of the name. */
export const ListTenants = PageInput.omit({ page: true }).extend({
  q: z.string().trim().min(1).max(100).optional(),
  status: TenantStatus.optional(),
  plan: z.string().max(40).optional(),
});

/** `began_at`: epoch ms. */
export const ListedTenant = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.string(),
  status: TenantStatus,
  beganAt: z.int(),
});
export const TenantPage = pageOf(ListedTenant);

export const ByTenant = z.object({ id });
export const WithReason = z.object({ id, reason });
const version = z.coerce.number().int().min(1).optional();
export const ChangeTenant = WithReason.extend({ version });
const limit = z.int().min(0).max(1_000_000_000);
export const SetPlan = ChangeTenant.extend({
  plan: z.enum(planNames),
  /** Limits that hold for this tenant alone; left out: those of the plan. */
  contract: z
    .object({
      aiCalls: limit,
      storageMb: limit,
      members: limit,
      projects: limit,
      mcpServices: limit,
      requestsPerMinute: limit,
    })
    .partial()
    .optional(),
});

export const Quota = z.object({ metric: z.string(), limit: z.int(), used: z.int(), reserved: z.int() });
export const ShownTenant = Tenant.extend({ beganAt: z.int(), quotas: z.array(Quota) });

export const Changed = z.object({ id: z.string(), status: TenantStatus, plan: z.string(), version: z.int() });

/** `token`: to be sent as a bearer token; it reads and changes nothing. `expires_at`: epoch ms. */
export const Impersonation = z.object({ token: z.string(), tenantId: z.string(), expiresAt: z.int() });
