// Another plan or contract: limits that are counted against already move by the difference, in the same transaction.
import { again } from '../../platform/again.ts';
import { commit, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, mustBeAt } from '../../platform/failure.ts';
import { amending } from '../directory.ts';
import { type Limits, limitsOf, type PlanName } from '../plans.ts';
import { load, saving, type TenantRow } from '../store.ts';
import { limitOf, metrics } from './metric.ts';
import { limiting } from './move.ts';
import { ready } from './ready.ts';
import { moving } from './store.ts';

/**
 * Gives the tenant another plan; `contract`: limits that hold for it alone; `along`: rows of the same commit. What is used stays used: where it is more than the new limit,
 * nothing more is taken until it is less. Not a verb: plans are changed by whoever is paid for them. Throws NOT_FOUND, BUSY; STALE_VERSION where `version` is not the row's.
 */
export const changePlan = (
  ctx: Ctx,
  plan: PlanName,
  contract?: Partial<Limits>,
  along: readonly Write[] = [],
  version?: number,
): Promise<TenantRow> => {
  const once = () => changeOnce(ctx, plan, contract, along, version);
  // who named a version is told that another was faster
  return version === undefined ? again(once) : once();
};

async function changeOnce(
  ctx: Ctx,
  plan: PlanName,
  contract: Partial<Limits> | undefined,
  along: readonly Write[],
  version: number | undefined,
): Promise<TenantRow> {
  const before = await load(ctx);
  mustBeAt(before, version);
  const next = { plan, contract: contract ?? {} };
  const limits = limitsOf(next);
  const rows = await Promise.all(metrics.map((metric) => ready(ctx, metric)));
  const moved = rows.map((row) =>
    moving(ctx, row, limiting(row.limit, limitOf(row.metric, limits)), () => new Failure('BUSY')),
  );
  await commit(ctx, {
    rows: [saving(ctx, before, next), amending(ctx, next), ...moved, ...along],
    audit: {
      object: ctx.tenant,
      before: { plan: before.plan, ...(before.contract && { contract: before.contract }) },
      after: { plan, ...(contract && { contract }) },
    },
    facts: [{ type: 'tenant.plan_changed', subject: ctx.tenant, detail: { plan } }],
  });
  return { ...before, ...next, version: before.version + 1 };
}
