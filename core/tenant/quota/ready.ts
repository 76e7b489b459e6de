// A period begins with the first who counts in it: its row is opened with the limit that holds at that moment.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { limitsOf } from '../plans.ts';
import { load, unchanged } from '../store.ts';
import { limitOf, type Metric } from './metric.ts';
import { find, opening, type QuotaRow } from './store.ts';

/** The row of a metric in its present period, opened where there is none. Throws NOT_FOUND without a tenant, BUSY. */
export async function ready(ctx: Ctx, metric: Metric): Promise<QuotaRow> {
  for (;;) {
    const row = await find(ctx, metric);
    if (row) return row;
    const tenant = await load(ctx);
    const outrun = new Failure('STALE_VERSION');
    const rows = [opening(ctx, metric, limitOf(metric, limitsOf(tenant)), 0, outrun), unchanged(ctx, tenant, outrun)];
    await commit(ctx, { rows }).catch((error: unknown) => {
      if (error !== outrun) throw error;
    });
  }
}
