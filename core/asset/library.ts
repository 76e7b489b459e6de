// The library's own row: what the newest resolution left beside the assets.
import { Entity } from 'electrodb';
import type { Resolution } from '../breakdown/schema.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';

export type LibraryRow = {
  tenant: string;
  project: string;
  /** Extraction of the front matter. */
  frontKey: string;
  resolutionKey: string;
  ambiguous: Resolution['ambiguous'];
  updatedAt: number;
};

const LibraryEntity = new Entity({
  model: { entity: 'library', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, project: text, frontKey: text, resolutionKey: text, ambiguous: json, updatedAt: number },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['project'], template: 'LIBRARY#${project}', casing: 'none' },
    },
  },
});

/** The library of a project, or undefined before the first resolution. */
export async function getLibrary(ctx: Ctx, project: string): Promise<LibraryRow | undefined> {
  const { data } = await LibraryEntity.get({ tenant: ctx.tenant, project }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  return (data as LibraryRow | null) ?? undefined;
}

export const keepingLibrary = (ctx: Ctx, row: LibraryRow): Write => putting(ctx.stores.core, LibraryEntity.put(row));
