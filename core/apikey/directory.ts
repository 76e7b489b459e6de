// Where the hash of a key leads: what whoever lets requests in must know of it.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { json, number, text } from '../platform/keys.ts';
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
    primary: {
      pk: { field: 'pk', composite: ['hash'], template: 'KEY#${hash}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'ENTRY', casing: 'none' },
    },
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

export const entering = (ctx: Ctx, entry: KeyEntry): Write =>
  putting(ctx.stores.directory, KeyEntryEntity.create({ ...entry, scopes: [...entry.scopes] }));

/** Ends a key at once. */
export const ending = (ctx: Ctx, hash: string): Write =>
  removing(ctx.stores.directory, KeyEntryEntity.delete({ hash }));

/** Ends a key sooner than it would. */
export const shortening = (ctx: Ctx, hash: string, until: number): Write =>
  patching(ctx.stores.directory, KeyEntryEntity.patch({ hash }).set({ until }));
