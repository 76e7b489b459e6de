// How tenants are kept: the row, and the quotas that its plan gives it (core/tenant/quota).
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { type Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import type { RowKey } from '../platform/together.ts';
import { entering } from './directory.ts';
import { listing } from './listing.ts';
import { type Limits, limitsOf } from './plans.ts';
import { limitOf, standing } from './quota/metric.ts';
import { opening, find as quotaOf } from './quota/store.ts';
import type { Storage, Tenant } from './schema.ts';
import { storageOf } from './storage.ts';

export type TenantRow = {
  tenant: string;
  name: string;
  subdomain?: string | undefined;
  plan: string;
  /** Limits that hold for this tenant alone, whatever its plan says. */
  contract?: Partial<Limits> | undefined;
  status: Tenant['status'];
  /** Language of mails to people whose own is not known. */
  locale: Tenant['locale'];
  mfaRequired: boolean;
  /** Of one that is closing: epoch ms at which its removal begins. */
  closesAt?: number | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

const TenantEntity = new Entity({
  model: { entity: 'tenant', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    name: text,
    subdomain: { type: 'string' },
    plan: text,
    contract: { type: 'any' },
    status: text,
    locale: text,
    mfaRequired: { type: 'boolean', required: true },
    closesAt: { type: 'number' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'TENANT', casing: 'none' } } },
});

/** Rows of a new tenant with its first member, on the plan that the stage begins with. */
export function founding(ctx: Ctx, name: string, { plan, contract = {} } = ctx.stores.firstPlan): Write[] {
  return [
    ...settling(ctx, { name, plan, contract, status: 'active', locale: ctx.locale }, 1),
    entering(ctx, { tenant: ctx.tenant, name, plan, contract, status: 'active', mfaRequired: false }),
    listing(ctx),
  ];
}

/** What a new tenant is. */
export type NewTenant = Pick<TenantRow, 'name' | 'subdomain' | 'plan' | 'contract' | 'status' | 'locale'>;

/** A new tenant's own rows: what it is, and its quotas, of which `members` seats are taken. */
export function settling(ctx: Ctx, tenant: NewTenant, members: number): Write[] {
  const now = ctx.now();
  const limits = limitsOf(tenant);
  const row: TenantRow = {
    ...tenant,
    tenant: ctx.tenant,
    mfaRequired: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return [
    putting(ctx.stores.core, TenantEntity.create(row)),
    ...standing.map((metric) => opening(ctx, metric, limitOf(metric, limits), metric === 'members' ? members : 0)),
  ];
}

/** The tenant row. Throws NOT_FOUND. */
export async function load(ctx: Ctx): Promise<TenantRow> {
  const row = await find(ctx);
  if (!row) throw notFound();
  return row;
}

/** The tenant row; undefined before a tenant is founded, and when it is removed. */
export async function find(ctx: Ctx): Promise<TenantRow | undefined> {
  const { data } = await TenantEntity.get({ tenant: ctx.tenant }).go({ ...ctx.stores.core, consistent: true });
  return (data as TenantRow | null) ?? undefined;
}

/** Belongs into a commit that goes by the row as it was loaded; it throws `refused` when somebody changed it meanwhile. */
export const unchanged = (ctx: Ctx, { version }: TenantRow, refused: Failure): Write => ({
  item: {
    ConditionCheck: {
      TableName: ctx.stores.core.table,
      Key: TenantEntity.get({ tenant: ctx.tenant }).params<{ Key: RowKey }>({ table: ctx.stores.core.table }).Key,
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': version },
    },
  },
  refused: () => refused,
});

/** The next state of the tenant, on condition that nobody changed it meanwhile. */
export function saving(ctx: Ctx, before: TenantRow, change: Partial<TenantRow>): Write {
  const gone = (Object.keys(change) as (keyof TenantRow)[]).filter((name) => change[name] === undefined);
  const next = TenantEntity.patch({ tenant: ctx.tenant })
    .set({ ...change, version: before.version + 1, updatedAt: ctx.now() })
    .remove(gone as ('subdomain' | 'closesAt')[])
    .where(({ version }, { eq }) => eq(version, before.version));
  return patching(ctx.stores.core, next);
}

/** How many bytes the tenant may store and has stored. */
export async function storage(ctx: Ctx): Promise<Storage> {
  const row = await quotaOf(ctx, 'storage');
  return storageOf(row?.limit ?? 0, row?.used ?? 0);
}

/** A tenant as the API shows it. */
export function shown({ tenant, subdomain, contract, closesAt, ...row }: TenantRow): Tenant {
  const { requestsPerMinute, storageMb } = limitsOf({ plan: row.plan, contract });
  return {
    ...row,
    id: tenant,
    subdomain: subdomain ?? null,
    closesAt: closesAt ?? null,
    quotaApiCalls: requestsPerMinute * minutesOfDay,
    quotaStorageMb: storageMb,
  };
}

/** `quota_api_calls` tells the rate of requests by the day. Source: contract.md, "Records", tenancy. */
const minutesOfDay = 1440;
