// The tenant is opened, and the onboarding is done: in one commit, so that it happens once.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import * as Tenant from '../../tenant/index.ts';
import { type Onboarding, onboardingMoving } from '../onboarding.ts';
import { outrun } from './step.ts';

export async function open(ctx: Ctx, { id, attempt, opens }: Onboarding): Promise<void> {
  const done = onboardingMoving(ctx, id, attempt, { status: 'done', opened: true }, outrun);
  const { status } = await Tenant.load(ctx);
  // an owner who is invited again owns a tenant that is open already
  if (status === 'onboarding') await Tenant.changeStatus(ctx, opens, 'onboarding', [done]);
  else await commit(ctx, { rows: [done] });
}
