// The assets that a shot is given: those of its project, and no others.
import { AssetEntity, type AssetRow } from '../asset/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { type RowKey, together } from '../platform/together.ts';
import { words } from '../platform/words.ts';
import type { ShotContent } from '../storyboard/schema.ts';

type Named = { readonly field: string; readonly id: string };

/** Each asset that a shot names, with the field it stands in. Whoever the library does not know has no id. */
function namedIn({ locationAssetId, propAssetIds = [], blocking = [] }: Partial<ShotContent>): Named[] {
  const named = [
    ...(locationAssetId === undefined ? [] : [{ field: 'location_asset_id', id: locationAssetId }]),
    ...propAssetIds.map((id) => ({ field: 'prop_asset_ids', id })),
    ...blocking.map(({ assetId: id }) => ({ field: 'blocking.asset_id', id })),
  ];
  return named.filter(({ id }) => id !== '');
}

/**
 * Throws INVALID_REQUEST, naming the field, where `content` names an asset that the project does not have, or no longer has. Those that the
 * shot named before may be gone by now, and stay.
 */
export async function mustHave(
  ctx: Ctx,
  project: string,
  content: Partial<ShotContent>,
  before: Partial<ShotContent> = {},
): Promise<void> {
  const known = new Set(namedIn(before).map(({ id }) => id));
  const named = namedIn(content).filter(({ id }) => !known.has(id));
  const ids = [...new Set(named.map(({ id }) => id))];
  for (let at = 0; at < ids.length; at += 100) {
    const asked = ids.slice(at, at + 100);
    const rows = await together(
      ctx.stores.core,
      asked.map((id) => keyOf(ctx, id)),
    );
    rows.forEach((Item, index) => {
      const row = Item && (AssetEntity.parse({ Item }).data as AssetRow);
      if (row?.project === project && row.status !== 'deleted') known.add(asked[index] ?? '');
    });
  }
  const missing = named.find(({ id }) => !known.has(id));
  if (missing === undefined) return;
  throw new Failure('INVALID_REQUEST', {
    reason: words(
      `content.${missing.field}：项目中没有资产 ${missing.id}`,
      `content.${missing.field}: the project has no asset ${missing.id}`,
    ),
  });
}

const keyOf = (ctx: Ctx, id: string): RowKey =>
  AssetEntity.get({ tenant: ctx.tenant, id }).params<{ Key: RowKey }>({ table: ctx.stores.core.table }).Key;
