// Merges are followed: shots keep the id they were given, and whoever reads one learns which asset stands for it now.
import type { Ctx } from '../platform/ctx.ts';
import { everything } from '../platform/page.ts';
import { AssetEntity, type AssetRow } from './store.ts';

/** The id of the asset that stands for an id now; the id itself where it was never merged. */
export type Standing = (id: string) => string;

/** Follows the merges among these rows, over several steps where a survivor was merged again. */
export function standingAmong(rows: readonly Pick<AssetRow, 'id' | 'status' | 'mergedInto'>[]): Standing {
  const into = new Map(
    rows.flatMap(({ id, status, mergedInto }) => (status === 'merged' && mergedInto ? [[id, mergedInto]] : [])),
  );
  return (id) => {
    let now = id;
    for (let steps = 0; steps <= into.size; steps += 1) {
      const next = into.get(now);
      if (next === undefined) return now;
      now = next;
    }
    return id;
  };
}

/** The merges of a project, by one query over the merged assets alone. */
export async function standingIn(ctx: Ctx, project: string): Promise<Standing> {
  const merged = AssetEntity.query.ofProject({ tenant: ctx.tenant, project }).begins({ status: 'merged' });
  return standingAmong(await everything<AssetRow>(ctx, merged, AssetEntity));
}
