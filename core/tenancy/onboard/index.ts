// The steps of onboarding, as statemachines/tenant-onboarding.asl.json names them. Each may be done over: it ends the same.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { loadOnboarding, type Onboarding, onboardingMoving } from '../onboarding.ts';
import { checkPlace } from './check-place.ts';
import { found } from './found.ts';
import { invite } from './invite.ts';
import { open } from './open.ts';
import { reserve } from './reserve.ts';
import { type OnboardInput, outrun } from './step.ts';
import { undo } from './undo.ts';

export type { OnboardInput } from './step.ts';

type Step = (ctx: Ctx, onboarding: Onboarding) => Promise<void>;

const steps: Readonly<Record<string, Step>> = {
  reserve,
  'check-place': checkPlace,
  found,
  invite,
  open,
};

/**
 * Runs a step, which is noted first. An attempt that is over, or that another one has replaced, is left alone. Throws what the step
 * throws; a step nobody knows is our own mistake.
 */
export async function onboard(asked: Ctx, input: OnboardInput): Promise<void> {
  const ctx = { ...asked, verb: 'tenant.onboarding' };
  const onboarding = await loadOnboarding(ctx, ctx.tenant);
  try {
    if (input.step === 'undo') return await undo(ctx, onboarding, input);
    const step = steps[input.step];
    if (!step) throw new TypeError(`there is no step ${input.step}`);
    await commit(ctx, { rows: [onboardingMoving(ctx, onboarding.id, input.attempt, { step: input.step }, outrun)] });
    await step(ctx, { ...onboarding, attempt: input.attempt });
  } catch (error) {
    if (error !== outrun) throw error;
  }
}
