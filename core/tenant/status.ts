// Another status: what works in `trial` and `active` is read only while a tenant is suspended or closing.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { amending } from './directory.ts';
import type { TenantStatus } from './schema.ts';
import { load, saving } from './store.ts';

/** From which status another may follow. */
const follows: Readonly<Record<TenantStatus, readonly TenantStatus[]>> = {
  trial: [],
  active: ['trial', 'suspended', 'closing'],
  suspended: ['trial', 'active'],
  closing: ['trial', 'active', 'suspended'],
};

/**
 * Puts ctx.tenant into another status, in its row and in the directory; `along`: rows of the same commit. Not a verb: it is for whoever
 * runs the platform. Throws NOT_FOUND, STATUS_REFUSED, STALE_VERSION.
 */
export async function changeStatus(
  ctx: Ctx,
  status: TenantStatus,
  reason: string,
  along: readonly Write[] = [],
  version?: number,
) {
  const before = await load(ctx);
  mustBeAt(before, version);
  if (!follows[status].includes(before.status))
    throw new Failure('STATUS_REFUSED', { from: before.status, to: status });
  await commit(ctx, {
    rows: [saving(ctx, before, { status }), amending(ctx, { status }), ...along],
    audit: { object: ctx.tenant, before: { status: before.status }, after: { status, reason } },
  });
  return { ...before, status, version: before.version + 1 };
}
