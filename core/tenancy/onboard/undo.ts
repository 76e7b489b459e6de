// What a failed onboarding has taken is given back, and why it failed is kept: it can be begun again as if it had never been.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import * as Tenant from '../../tenant/index.ts';
import { endAccess } from '../offboard/end-access.ts';
import { removeRows } from '../offboard/remove-rows.ts';
import { type Onboarding, onboardingMoving } from '../onboarding.ts';
import { troubleOf } from '../trouble.ts';
import { missingTables } from './check-place.ts';
import { type OnboardInput, outrun } from './step.ts';

const uncounted = () => [];
const nobodyListens = () => Promise.reject(new Error('a tenant that is being set up has no sockets'));

/** A tenant that is open already, whose owner was only invited again, stays. Nothing of one that is not was anybody's yet. */
export async function undo(ctx: Ctx, onboarding: Onboarding, { error, attempt }: OnboardInput): Promise<void> {
  const { id, step, subdomain, tier } = onboarding;
  // what is there is another attempt's, or was undone
  if (onboarding.attempt !== attempt || onboarding.status !== 'running') return;
  const failed = troubleOf(step, error);
  const entry = await Tenant.findEntry(ctx, ctx.tenant);
  const isReserved = entry?.status === 'onboarding';
  // where there are no tables there are no rows
  if (isReserved && (await missingTables(ctx, tier)).length === 0) {
    while ((await endAccess(ctx, uncounted, nobodyListens)) > 0);
    while ((await removeRows(ctx, uncounted)) > 0);
  }
  await commit(ctx, {
    rows: [
      ...(isReserved ? [...Tenant.unentering(ctx, subdomain), Tenant.unlisting(ctx)] : []),
      onboardingMoving(ctx, id, attempt, { status: 'failed', failed }, outrun),
    ],
  });
}
