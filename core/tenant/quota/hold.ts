// Work that may not happen sets aside what it would take, and then takes it or gives it back: once, by whoever comes first.
// A hold whose caller died ends when its time is up: by the sweep, or by the next caller who finds nothing left.
import { again } from '../../platform/again.ts';
import { commit, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { type Metric, periodOf } from './metric.ts';
import { holding, settling } from './move.ts';
import { ready } from './ready.ts';
import { endingHold, find, findHold, type HoldRow, holdsOf, keepingHold, moving, usedUp } from './store.ts';

const ended = new Failure('CONFLICT', { reason: 'ended' });

/**
 * Sets `n` of a metric aside under an id of the caller's, for at most `ms`. A repeated call changes nothing while the hold lasts.
 * Throws QUOTA_EXCEEDED, and then nothing is held; BUSY.
 */
export const hold = (ctx: Ctx, id: string, metric: Metric, n: number, ms: number): Promise<void> =>
  again(() => holdOnce(ctx, id, metric, n, ms));

async function holdOnce(ctx: Ctx, id: string, metric: Metric, n: number, ms: number): Promise<void> {
  const known = new Failure('CONFLICT', { reason: 'held' });
  const spent = new Failure('CONFLICT', { reason: 'spent' });
  for (;;) {
    // anew each time: a month may turn meanwhile, and the row that is looked for is of the next one then
    const of = { metric, period: periodOf(metric, ctx.now()) };
    const rows = [
      keepingHold(ctx, { id, ...of, n, until: ctx.now() + ms }, known),
      moving(ctx, of, holding(n), () => spent),
    ];
    try {
      return await commit(ctx, { rows });
    } catch (error) {
      if (error === known) return;
      if (error !== spent) throw error;
    }
    const row = await find(ctx, metric);
    if (!row) await ready(ctx, metric);
    else if (row.remaining < n && (row.reserved === 0 || (await expire(ctx)).ended === 0))
      throw usedUp(ctx, metric, row);
  }
}

/**
 * The rows by which a hold ends with `spent` of it taken; none where it has ended. They belong into the commit that records what was done;
 * it throws `outrun` when somebody else ends the hold at this moment.
 */
export async function settlement(ctx: Ctx, id: string, spent: number, outrun: Failure): Promise<Write[]> {
  const row = await findHold(ctx, id);
  return row ? ending(ctx, row, spent, outrun) : [];
}

const ending = (ctx: Ctx, row: HoldRow, spent: number, refused: Failure): Write[] => [
  endingHold(ctx, row.id, refused),
  moving(ctx, row, settling(row.n, spent), () => refused),
];

/** Ends a hold with nothing taken; one that has ended stays as it ended. */
export async function release(ctx: Ctx, id: string): Promise<void> {
  const row = await findHold(ctx, id);
  if (row) await end(ctx, row);
}

/** Whether it was this caller that ended it. */
async function end(ctx: Ctx, row: HoldRow): Promise<boolean> {
  try {
    await again(() => commit(ctx, { rows: ending(ctx, row, 0, ended) }));
    return true;
  } catch (error) {
    if (error === ended) return false;
    throw error;
  }
}

/** Ends the tenant's holds whose time is up; how many it ended, and how many go on. */
export async function expire(ctx: Ctx): Promise<{ ended: number; left: number }> {
  const holds = await holdsOf(ctx);
  const dead = holds.filter(({ until }) => until < ctx.now());
  let count = 0;
  for (const row of dead) if (await end(ctx, row)) count++;
  return { ended: count, left: holds.length - dead.length };
}
