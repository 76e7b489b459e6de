// Where the hash of a key leads: what whoever lets requests in must know of it.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { json, leadingBy, number, text } from '../platform/keys.ts';
import type { Scope } from '../platform/permission.ts';
import * as Tenant from '../tenant/index.ts';

export type KeyEntry = {
  readonly hash: string;
  readonly tenant: string;
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly projects?: readonly string[] | undefined;
  readonly addresses: readonly string[];
  readonly requestsPerMinute?: number | undefined;
  /** Epoch ms at which it ends. */
  readonly until: number;
};

const KeyEntryEntity = new Entity({
  model: { entity: 'directory-key', version: '1', service: 'scriptloom' },
  attributes: {
    hash: text,
    tenant: text,
    id: text,
    scopes: json,
    projects: { type: 'any' },
    addresses: json,
    requestsPerMinute: { type: 'number' },
    until: number,
  },
  indexes: {
    primary: leadingBy('hash', 'KEY'),
  },
});

/** The entry of a key and its tenant's, for whoever lets requests in; undefined for a key that is not there or was revoked. */
export async function entryOf({ stores }: Pick<OpenCtx, 'stores'>, hash: string) {
  const { data } = await KeyEntryEntity.get({ hash }).go({ ...stores.directory, consistent: true });
  if (!data) return undefined;
  const key = data as unknown as KeyEntry;
  const tenant = await Tenant.findEntry({ stores }, key.tenant);
  return tenant && { key, tenant };
}

/** The entry of a key as its row says. */
export const entering = (
  ctx: Ctx,
  {
    hash,
    tenant,
    id,
    scopes,
    projects,
    addresses,
    requestsPerMinute,
    expiresAt,
  }: Omit<KeyEntry, 'until'> & { readonly expiresAt: number },
): Write => {
  const may = { scopes: [...scopes], projects, addresses, requestsPerMinute };
  return putting(ctx.stores.directory, KeyEntryEntity.create({ hash, tenant, id, ...may, until: expiresAt }));
};

/** Ends a key at once. */
export const ending = (ctx: Ctx, hash: string): Write =>
  removing(ctx.stores.directory, KeyEntryEntity.delete({ hash }));

/** Ends a key sooner than it would. */
export const shortening = (ctx: Ctx, hash: string, until: number): Write =>
  patching(ctx.stores.directory, KeyEntryEntity.patch({ hash }).set({ until }));
