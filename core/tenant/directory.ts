// What everybody who lets people in must know of a tenant: its row in the directory, and the name that leads to it.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx, Table } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { leadingBy, text } from '../platform/keys.ts';
import type { Tier } from '../platform/place.ts';
import type { RowKey } from '../platform/together.ts';
import type { Limits } from './plans.ts';
import type { Tenant } from './schema.ts';

export type TenantEntry = {
  tenant: string;
  name: string;
  plan: string;
  /** Limits that hold for this tenant alone. */
  contract?: Partial<Limits> | undefined;
  status: Tenant['status'];
  /** Owners and administrators sign in with a second factor. */
  mfaRequired?: boolean | undefined;
  /** Where what belongs to it lies; in the pool where nothing is said. Given when it is founded, and kept. */
  tier?: Tier | undefined;
};

export const TenantEntryEntity = new Entity({
  model: { entity: 'directory-tenant', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    name: text,
    plan: text,
    contract: { type: 'any' },
    status: text,
    mfaRequired: { type: 'boolean' },
    tier: { type: 'string' },
  },
  indexes: {
    primary: leadingBy('tenant', 'TENANT'),
  },
});

const SubdomainEntity = new Entity({
  model: { entity: 'directory-subdomain', version: '1', service: 'scriptloom' },
  attributes: { name: text, tenant: text },
  indexes: {
    primary: leadingBy('name', 'SUBDOMAIN'),
  },
});

/** Where a tenant's entry lies: for those who fetch it along with rows of their own. */
export const entryKey = ({ stores }: Pick<OpenCtx, 'stores'>, tenant: string): RowKey =>
  TenantEntryEntity.get({ tenant }).params<{ Key: RowKey }>({ table: stores.directory.table }).Key;

/** The tenant a subdomain leads to. */
export async function findBySubdomain({ stores }: Pick<OpenCtx, 'stores'>, name: string) {
  const { data } = await SubdomainEntity.get({ name }).go({ ...stores.directory, consistent: true });
  return data ? findEntry({ stores }, data.tenant) : undefined;
}

/** The entry of a tenant; undefined where there is none. */
export async function findEntry({ stores }: Pick<OpenCtx, 'stores'>, tenant: string): Promise<TenantEntry | undefined> {
  const { data } = await TenantEntryEntity.get({ tenant }).go({ ...stores.directory, consistent: true });
  return (data ?? undefined) as TenantEntry | undefined;
}

/** A tier, and whether it stays: an onboarding may be undone, and begun again with another. */
export type FoundTier = { readonly tier: Tier; readonly stays: boolean };

/**
 * The tier that a tenant's entry names; undefined where there is no entry. `on`: the directory, for those who may read this entry alone.
 * Read as it stands: a copy that is behind would say that a tenant founded just now lies in the pool.
 */
export async function findTier(on: Table, tenant: string): Promise<FoundTier | undefined> {
  const attributes = ['tenant', 'tier', 'status'] as ('tenant' | 'tier' | 'status')[];
  const { data } = await TenantEntryEntity.get({ tenant }).go({ ...on, attributes, consistent: true });
  return data ? { tier: (data.tier ?? 'pool') as Tier, stays: data.status !== 'onboarding' } : undefined;
}

/** The entry of a new tenant. */
export const entering = (ctx: Ctx, entry: TenantEntry): Write =>
  putting(ctx.stores.directory, TenantEntryEntity.create(entry));

/** Changes what the directory says of the caller's tenant. */
export const amending = (ctx: Ctx, change: Partial<Omit<TenantEntry, 'tenant'>>): Write =>
  patching(ctx.stores.directory, TenantEntryEntity.patch({ tenant: ctx.tenant }).set(change));

/** Gives back what a tenant that never opened has taken: its subdomain and its entry. Its place in the list: `unlisting`. */
export const unentering = (ctx: Ctx, subdomain: string | undefined): Write[] => [
  removing(
    ctx.stores.directory,
    TenantEntryEntity.delete({ tenant: ctx.tenant }).where(({ status }, { eq }) => eq(status, 'onboarding')),
  ),
  ...(subdomain === undefined ? [] : [freeingSubdomain(ctx, subdomain)]),
];

/** What the directory keeps of a tenant that is closed: that it was there. */
export const tombstone = (ctx: Ctx, tenant: string): Write =>
  patching(
    ctx.stores.directory,
    TenantEntryEntity.patch({ tenant }).set({ status: 'closed', name: '' }).remove(['contract', 'mfaRequired']),
  );

/** Takes a subdomain for the caller's tenant; the commit throws SUBDOMAIN_TAKEN when another tenant has it. */
export const takingSubdomain = (ctx: Ctx, name: string): Write =>
  putting(
    ctx.stores.directory,
    SubdomainEntity.create({ name, tenant: ctx.tenant }),
    () => new Failure('SUBDOMAIN_TAKEN', { subdomain: name }),
  );

/** Gives a subdomain back. */
export const freeingSubdomain = (ctx: Ctx, name: string): Write =>
  removing(ctx.stores.directory, SubdomainEntity.delete({ name }));
