// What is there is counted in the transaction that brings it or takes it away.
import type { Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Standing } from './metric.ts';
import { giving, taking } from './move.ts';
import { ready } from './ready.ts';
import { moving, usedUp } from './store.ts';

const always = 'always';

/**
 * Takes `n` of a quota; belongs into the commit of what is counted. The commit throws QUOTA_EXCEEDED when it is not left, and nothing is
 * written. Members: an invitation takes a seat, whoever accepts it has that seat.
 */
export async function reserving(ctx: Ctx, metric: Standing, n: number): Promise<Write> {
  const row = await ready(ctx, metric);
  return moving(ctx, { metric, period: always }, taking(n), (current) =>
    usedUp(ctx, metric, {
      limit: Number(current?.limit ?? row.limit),
      used: Number(current?.used ?? row.used),
      reserved: Number(current?.reserved ?? row.reserved),
    }),
  );
}

/** Throws QUOTA_EXCEEDED where `n` of a quota is not left: for what is stored before the commit that takes it. */
export async function mustBeLeft(ctx: Ctx, metric: Standing, n: number): Promise<void> {
  const row = await ready(ctx, metric);
  if (row.remaining < n) throw usedUp(ctx, metric, row);
}

/** Gives `n` back; belongs into the commit that ends what was counted, so that it happens once. */
export const releasing = (ctx: Ctx, metric: Standing, n: number): Write =>
  moving(ctx, { metric, period: always }, giving(n));
