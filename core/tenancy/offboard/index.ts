// The steps of offboarding, as statemachines/tenant-offboarding.asl.json names them. Each may be done over: it ends the same.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { closureCounting, closureMoving, findClosure } from '../closure.ts';
import { troubleOf } from '../trouble.ts';
import { bury } from './bury.ts';
import { type Counting, endAccess, freeSubdomain, type HangUp } from './end-access.ts';
import { endGrace } from './end-grace.ts';
import { removeFiles } from './remove-files.ts';
import { removeRows } from './remove-rows.ts';
import { finished, left, type OffboardInput, outrun, overtaken } from './step.ts';
import { stopWork } from './stop-work.ts';
import { tell } from './tell.ts';

export type { OffboardInput } from './step.ts';

type Step = (ctx: Ctx, input: OffboardInput, hangUp: HangUp) => Promise<unknown>;

const counting =
  (ctx: Ctx, { closing }: OffboardInput): Counting =>
  (more) => [closureCounting(ctx, closing, more)];

async function shut(ctx: Ctx, input: OffboardInput, hangUp: HangUp): Promise<number> {
  const ended = await endAccess(ctx, counting(ctx, input), hangUp);
  await freeSubdomain(ctx);
  return ended;
}

const steps: Readonly<Record<string, Step>> = {
  tell,
  'end-grace': endGrace,
  'stop-work': stopWork,
  'end-access': async (ctx, input, hangUp) => ((await shut(ctx, input, hangUp)) > 0 ? left() : finished),
  'remove-files': removeFiles,
  // who came in at the last moment is found here: what lets people in never lies outside of these rows
  'remove-rows': async (ctx, input, hangUp) => {
    const access = await shut(ctx, input, hangUp);
    const rows = await removeRows(ctx, counting(ctx, input));
    return access + rows > 0 ? left() : finished;
  },
  close: bury,
};

/**
 * Runs a step, which is noted first. A closing that was taken back, or that another execution carries out, is left alone (`goes` is
 * false then). Throws what the step throws; a step nobody knows is our own mistake.
 */
export async function offboard(asked: Ctx, input: OffboardInput, hangUp: HangUp): Promise<unknown> {
  const ctx = { ...asked, verb: 'tenant.offboarding' };
  if (input.step === 'fail') return noteFailure(ctx, input);
  const step = steps[input.step];
  if (!step) throw new TypeError(`there is no step ${input.step}`);
  const stands = await moved(ctx, input, { step: input.step });
  return stands ? step(ctx, input, hangUp) : { ...overtaken, seconds: 0, until: new Date(ctx.now()).toISOString() };
}

/** Keeps why the machine gave up. */
async function noteFailure(ctx: Ctx, input: OffboardInput): Promise<void> {
  const { step = input.step } = (await findClosure(ctx, ctx.tenant)) ?? {};
  await moved(ctx, input, { failed: troubleOf(step, input.error) });
}

/** Whether the closing is still the one that is carried out, and moved on. */
async function moved(ctx: Ctx, { closing }: OffboardInput, next: Parameters<typeof closureMoving>[2]) {
  try {
    await commit(ctx, { rows: [closureMoving(ctx, closing, next, outrun)] });
    return true;
  } catch (error) {
    if (error !== outrun) throw error;
    return false;
  }
}
