// The row of an episode as steps write it.
import { EpisodeEntity, type EpisodeRow } from '../episode/store.ts';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';

/** The next state of an episode row. */
export async function keepEpisode(ctx: Ctx, before: EpisodeRow, change: Partial<EpisodeRow>): Promise<EpisodeRow> {
  const next = { ...before, ...change, version: before.version + 1, updatedAt: ctx.now() };
  const put = EpisodeEntity.put(next).where(({ version }, { eq }) => eq(version, before.version));
  await commit(ctx, { rows: [putting(ctx.stores.core, put)] });
  return next;
}
