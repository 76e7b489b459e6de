// Writing usage: the row, the task's spent sum and the announcement in one transaction, once, however often it is tried.
import { again } from '../../platform/again.ts';
import { commit, putting, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Fact } from '../../platform/event.ts';
import { Failure } from '../../platform/failure.ts';
import * as Tenant from '../../tenant/index.ts';
import { settling } from '../budget.ts';
import { UsageEntity, type UsageRow } from './row.ts';

/** Settlements of one task that may meet at one row. */
const tries = 40;

/**
 * Records an exchange and settles what was held for its call to what it cost, and the call of the month held under the row's id. A row
 * that is there already was settled with it: nothing happens a second time. @param call the call whose hold this was.
 */
export async function settle(ctx: Ctx, row: UsageRow, call: string): Promise<void> {
  const known = new Failure('CONFLICT', { reason: 'recorded' });
  const changed = new Failure('STALE_VERSION');
  const recordedOnce = async () => {
    const [budget, quota] = await Promise.all([
      settling(ctx, row.task, call, row.spent, changed),
      Tenant.settlement(ctx, row.id, callsOf(row), changed),
    ]);
    const rows = [recording(ctx, row, known), ...(budget ? [budget] : []), ...quota];
    await commit(ctx, { rows, facts: [recorded(row)] });
  };
  await again(recordedOnce, tries).catch((error: unknown) => {
    if (error !== known) throw error;
  });
}

/** Calls of the tenant's month that an exchange takes: one, unless the provider did nothing for it. */
const callsOf = ({ outcome, input, output }: UsageRow): number =>
  outcome === 'answered' || outcome === 'truncated' || input + output > 0 ? 1 : 0;

/** Records that an answer was there already and cost nothing. */
export const recordHit = (ctx: Ctx, row: UsageRow): Promise<void> =>
  commit(ctx, { rows: [recording(ctx, row)], facts: [recorded(row)] });

/** Whether an exchange has its row. */
export async function isRecorded(ctx: Ctx, id: string): Promise<boolean> {
  const { data } = await UsageEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return data !== null;
}

const recording = (ctx: Ctx, row: UsageRow, known?: Failure): Write =>
  putting(ctx.stores.core, UsageEntity.create(row), known && (() => known));

const recorded = ({ id, project, task }: UsageRow): Fact => ({
  type: 'usage.recorded',
  subject: id,
  project,
  detail: { task },
});
