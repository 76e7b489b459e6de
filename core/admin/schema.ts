// Tenants as those see them who run the platform.
import * as z from 'zod';
import { email } from '../identity/schema.ts';
import { isTenantId, platformTenant } from '../platform/id.ts';
import { displayName } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { tiers } from '../platform/place.ts';
import { rule } from '../platform/words.ts';
import { planNames, Subdomain, Tenant, TenantLocale, TenantStatus } from '../tenant/index.ts';

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
/** Limits that hold for this tenant alone; left out: those of the plan. */
const contract = z
  .object({
    aiCalls: limit,
    storageMb: limit,
    members: limit,
    projects: limit,
    mcpServices: limit,
    requestsPerMinute: limit,
  })
  .partial()
  .optional();
export const SetPlan = ChangeTenant.extend({
  plan: z.enum(planNames),
  contract,
});

export const Quota = z.object({ metric: z.string(), limit: z.int(), used: z.int(), reserved: z.int() });
export const ShownTenant = Tenant.extend({ beganAt: z.int(), quotas: z.array(Quota) });

export const Changed = z.object({ id: z.string(), status: TenantStatus, plan: z.string(), version: z.int() });

/** `token`: to be sent as a bearer token; it reads and changes nothing. `expires_at`: epoch ms. */
export const Impersonation = z.object({ token: z.string(), tenantId: z.string(), expiresAt: z.int() });

/** `closes_at`: epoch ms at which the removal begins; until then it can be taken back, afterwards never. */
export const Closed = z.object({ id: z.string(), status: TenantStatus, closesAt: z.int() });

/** `message`: what to do. */
const Reason = z.object({ step: z.string(), code: z.string(), message: z.string() });

/** `name`: is held against the one that the tenant had, of which only a hash is kept. */
export const ByClosure = z.object({ id, name: z.string().max(200).optional() });
const Used = z.object({
  month: z.string(),
  currency: z.string(),
  calls: z.int(),
  micros: z.number(),
  spent: z.number(),
});

/** Times in epoch ms. Counts: what was removed; `files` are versions of objects. `usage`: millionths of the currency, and of CNY spent. */
export const Closure = z.object({
  id: z.string(),
  phase: z.enum(['grace', 'removing', 'closed']),
  by: z.enum(['owner', 'platform']),
  reason: z.string(),
  from: TenantStatus,
  beganAt: z.int(),
  at: z.int(),
  until: z.int(),
  closedAt: z.int().nullable(),
  step: z.string().nullable(),
  failed: Reason.nullable(),
  nameMatches: z.boolean().nullable(),
  members: z.int(),
  invitations: z.int(),
  keys: z.int(),
  modelKeys: z.int(),
  sockets: z.int(),
  files: z.int(),
  bytes: z.int(),
  rows: z.int(),
  usage: z.array(Used),
});

export const ById = z.object({ id });
export const ListOnboardings = PageInput.omit({ page: true });

/** `opens`: what the tenant is when it is done. `place`: id of a prepared place (lib/tenants.ts), for the tiers that have one. */
export const Onboard = z
  .object({
    name: displayName(100),
    subdomain: Subdomain.optional(),
    plan: z.enum(planNames),
    contract,
    locale: TenantLocale.default('zh-CN'),
    email,
    opens: z.enum(['trial', 'active']).default('active'),
    tier: z.enum(tiers).default('pool'),
    place: id.refine((one) => one !== platformTenant, 'the platform lies in the pool').optional(),
  })
  .refine(({ tier, place }) => (tier === 'pool') === (place === undefined), {
    message: rule('bridge 与 silo 需要 place，pool 不需要', 'bridge and silo need a place, the pool has none'),
  });

export const Onboarding = z.object({
  id: z.string(),
  name: z.string(),
  subdomain: z.string().nullable(),
  plan: z.string(),
  locale: TenantLocale,
  email: z.string(),
  opens: TenantStatus,
  tier: z.enum(tiers),
  status: z.enum(['running', 'failed', 'done']),
  step: z.string(),
  failed: Reason.nullable(),
  attempt: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export const OnboardingPage = pageOf(Onboarding);
