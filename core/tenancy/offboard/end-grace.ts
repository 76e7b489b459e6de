// The time of grace is over: from here on nothing is taken back. What was used is added up before the rows it is added from go, and again
// when work has settled.
import { everyTotal } from '../../ai/usage/total.ts';
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { type Closure, closureMoving, findClosure } from '../closure.ts';
import { monthsOf, mostOf } from '../used.ts';
import { finished, type OffboardInput, outrun, overtaken, type Portion } from './step.ts';

export const endGrace = (ctx: Ctx, { closing }: OffboardInput): Promise<Portion> =>
  addedUp(ctx, closing, { phase: 'removing' });

/** Keeps what was used, along with `next`. What was added up before stays, because some of the rows may be gone by now. */
export async function addedUp(ctx: Ctx, closing: string, next: Partial<Closure> = {}): Promise<Portion> {
  const closure = await findClosure(ctx, ctx.tenant);
  const usage = mostOf(closure?.usage ?? [], await monthsOf(everyTotal(ctx)));
  try {
    await commit(ctx, { rows: [closureMoving(ctx, closing, { ...next, usage }, outrun)] });
    return finished;
  } catch (error) {
    if (error !== outrun) throw error;
    return overtaken;
  }
}
