// How tenants are kept: the row, and the counter of stored bytes, which only moves with the files it counts.
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { entering } from './directory.ts';
import type { Storage, Tenant } from './schema.ts';
import { firstPlan, planOf, storageOf } from './tenant.ts';

export type TenantRow = {
  tenant: string;
  name: string;
  subdomain?: string | undefined;
  plan: string;
  status: Tenant['status'];
  quotaApiCalls: number;
  quotaStorageMb: number;
  /** Language of mails to people whose own is not known. */
  locale: Tenant['locale'];
  mfaRequired: boolean;
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
    status: text,
    quotaApiCalls: number,
    quotaStorageMb: number,
    locale: text,
    mfaRequired: { type: 'boolean', required: true },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'TENANT', casing: 'none' } } },
});

const StoredEntity = new Entity({
  model: { entity: 'stored-bytes', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, used: number },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'USAGE#STORAGE', casing: 'none' } } },
});

/** Rows of a new tenant on the first plan. */
export function founding(ctx: Ctx, name: string): Write[] {
  const now = ctx.now();
  const { quotaApiCalls, quotaStorageMb } = planOf(firstPlan);
  const row: TenantRow = {
    tenant: ctx.tenant,
    name,
    plan: firstPlan,
    status: 'active',
    quotaApiCalls,
    quotaStorageMb,
    locale: ctx.locale,
    mfaRequired: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return [
    putting(ctx.stores.core, TenantEntity.create(row)),
    entering(ctx, { tenant: ctx.tenant, name, plan: row.plan, status: row.status, mfaRequired: false }),
    putting(ctx.stores.core, StoredEntity.create({ tenant: ctx.tenant, used: 0 })),
  ];
}

/** The tenant row. Throws NOT_FOUND. */
export async function load(ctx: Ctx): Promise<TenantRow> {
  const { data } = await TenantEntity.get({ tenant: ctx.tenant }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as TenantRow;
}

/** How many bytes the tenant may store and has stored. */
export async function storage(ctx: Ctx, row: Pick<TenantRow, 'quotaStorageMb'>): Promise<Storage> {
  const { data } = await StoredEntity.get({ tenant: ctx.tenant }).go({ ...ctx.stores.core, consistent: true });
  return storageOf(row.quotaStorageMb, data?.used ?? 0);
}

/** Takes `bytes` of the quota; the commit throws QUOTA_EXCEEDED when they are not left, and nothing is written. */
export function reserving(ctx: Ctx, { quotaStorageMb }: Pick<TenantRow, 'quotaStorageMb'>, bytes: number): Write {
  const limit = storageOf(quotaStorageMb, 0).total;
  const taken = StoredEntity.patch({ tenant: ctx.tenant })
    .add({ used: bytes })
    .where(({ used }, { lte }) => lte(used, limit - bytes));
  return patching(
    ctx.stores.core,
    taken,
    (current) => new Failure('QUOTA_EXCEEDED', { used_bytes: Number(current?.used ?? 0), limit_bytes: limit }),
  );
}

/** Gives `bytes` back. Belongs into the transaction that ends the file, so that it happens once. */
export const releasing = (ctx: Ctx, bytes: number): Write =>
  patching(ctx.stores.core, StoredEntity.patch({ tenant: ctx.tenant }).add({ used: -bytes }));

/** A tenant as the API shows it. */
export const shown = ({ tenant, subdomain, ...row }: TenantRow): Tenant => ({
  ...row,
  id: tenant,
  subdomain: subdomain ?? null,
});
