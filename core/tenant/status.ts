// Another status, where nothing but the status changes: suspended and resumed, and opened at the end of onboarding. Closing: core/tenancy.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { amending } from './directory.ts';
import type { TenantStatus } from './schema.ts';
import { load, saving } from './store.ts';

/** From which status another may follow. */
const follows = {
  trial: ['onboarding'],
  active: ['onboarding', 'trial', 'suspended'],
  suspended: ['trial', 'active'],
} as const satisfies Partial<Record<TenantStatus, readonly TenantStatus[]>>;

/**
 * Puts ctx.tenant into another status, in its row and in the directory; `along`: rows of the same commit. Not a verb: it is for whoever
 * runs the platform. Throws NOT_FOUND, STATUS_REFUSED, STALE_VERSION.
 */
export async function changeStatus(
  ctx: Ctx,
  status: keyof typeof follows,
  reason: string,
  along: readonly Write[] = [],
  version?: number,
) {
  const before = await load(ctx);
  mustBeAt(before, version);
  if (!(follows[status] as readonly TenantStatus[]).includes(before.status))
    throw new Failure('STATUS_REFUSED', { from: before.status, to: status });
  await commit(ctx, {
    rows: [saving(ctx, before, { status }), amending(ctx, { status }), ...along],
    audit: { object: ctx.tenant, before: { status: before.status }, after: { status, reason } },
  });
  return { ...before, status, version: before.version + 1 };
}
