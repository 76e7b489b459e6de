// One name, one asset: within a project and a kind no two active assets carry the same name.
import { createHash } from 'node:crypto';
import { Entity } from 'electrodb';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { byTenant, text } from '../platform/keys.ts';
import { plain } from '../platform/unique.ts';
import { type AssetRow, find, loadAll } from './store.ts';

/** Who was given a name last. It counts while that asset is active under it, so nothing need be given back. */
const NameEntity = new Entity({
  model: { entity: 'asset-name', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, project: text, key: text, asset: text },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['project', 'key'], template: 'UNIQUE#ASSET#${project}#${key}', casing: 'none' },
    },
  },
});

type Named = Pick<AssetRow, 'id' | 'project' | 'kind' | 'name'>;

const holds = (row: AssetRow | undefined, { id, project, kind, name }: Named): boolean =>
  row !== undefined &&
  row.id !== id &&
  row.project === project &&
  row.kind === kind &&
  row.status === 'active' &&
  plain(row.name) === plain(name);

/**
 * Gives an asset its name; belongs into the commit that does.
 * Throws NAME_TAKEN when another active asset of the kind has it, and so does the commit when one takes it at the same moment.
 */
export async function takingName(ctx: Ctx, asset: Named): Promise<Write> {
  const { id, project, kind, name } = asset;
  const taken = () => new Failure('NAME_TAKEN', { kind, name });
  const key = createHash('sha256')
    .update(`${kind}\n${plain(name)}`)
    .digest('base64url');
  const place = { tenant: ctx.tenant, project, key };
  const { data: known } = await NameEntity.get(place).go({ ...ctx.stores.core, consistent: true });
  // the list's index may be behind, so whoever was given the name last is asked too
  const [rows, last] = await Promise.all([loadAll(ctx, project), known ? find(ctx, known.asset) : undefined]);
  if ([...rows, last].some((row) => holds(row, asset))) throw taken();
  const put = NameEntity.put({ ...place, asset: id }).where(({ asset: holder }, { eq, notExists }) =>
    known ? eq(holder, known.asset) : notExists(holder),
  );
  return putting(ctx.stores.core, put, taken);
}
