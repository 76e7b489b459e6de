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
  /** Hash of the extractions it was made of. */
  extractionsHash?: string | undefined;
  ambiguous: Resolution['ambiguous'];
  /** Counts the commits of resolutions: two of them never write at once. */
  version: number;
  updatedAt: number;
};

const LibraryEntity = new Entity({
  model: { entity: 'library', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    project: text,
    frontKey: text,
    resolutionKey: text,
    extractionsHash: { type: 'string' },
    ambiguous: json,
    version: number,
    updatedAt: number,
  },
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

/** The library's next row, on condition that no other resolution wrote meanwhile. */
export const keepingLibrary = (ctx: Ctx, next: LibraryRow): Write => {
  const put = LibraryEntity.put(next).where(({ version }, { eq, notExists }) =>
    next.version === 1 ? notExists(version) : eq(version, next.version - 1),
  );
  return putting(ctx.stores.core, put);
};
