// Behind work that has ended no episode goes on saying that it is being analysed: what was not reached is what it was, or waits.
import type { EpisodeStatus } from '../episode/schema.ts';
import { EpisodeEntity, type EpisodeRow, loadAll } from '../episode/store.ts';
import { commit, maxWrites, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { ended } from '../task/schema.ts';
import { claimOf, load, type Run } from '../task/store.ts';

/** Repeated, it changes nothing. While other work runs on the project nothing is touched: that work lets go when it ends. */
export async function letGo(ctx: Ctx, { task: id, attempt }: Run): Promise<void> {
  const task = await load(ctx, id);
  if (!ended.has(task.status) || task.attempt !== attempt || (await claimOf(ctx, task.project))) return;
  const left = (await loadAll(ctx, task.project)).filter(({ status }) => status === 'ANALYZING');
  const rows = left.map((before) => {
    const next = { ...before, status: restingOf(before), version: before.version + 1, updatedAt: ctx.now() };
    const put = EpisodeEntity.put(next).where(({ version }, { eq }) => eq(version, before.version));
    return putting(ctx.stores.core, put);
  });
  for (let at = 0; at < rows.length; at += maxWrites) await commit(ctx, { rows: rows.slice(at, at + maxWrites) });
}

/** An extraction of the text as it is counts, whatever was to be done again. */
const restingOf = ({ extractedFrom, documentKey }: EpisodeRow): EpisodeStatus =>
  extractedFrom === documentKey ? 'COMPLETED' : 'PENDING';
