// An asset may stand below another of its project: a sub-place below its place, a costume below who wears it.
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import { mustBeActive } from './asset.ts';
import { load } from './store.ts';

/** Throws NOT_FOUND for a parent that is not in the project, ASSET_DELETED, and CONFLICT when `child` would stand below itself. */
export async function mustBeParent(ctx: Ctx, project: string, parentId: string, child?: string): Promise<void> {
  const parent = await load(ctx, parentId);
  if (parent.project !== project) throw notFound();
  mustBeActive(parent);
  const above = new Set<string>();
  for (let at: string | undefined = parent.id; at !== undefined && !above.has(at); at = (await load(ctx, at)).parent) {
    if (at === child)
      throw new Failure('CONFLICT', { reason: words('资产不能归在自己之下', 'an asset cannot stand below itself') });
    above.add(at);
  }
}
