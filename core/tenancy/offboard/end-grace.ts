// The time of grace is over: from here on nothing is taken back. What was used is added up before the rows it is added from go.
import { everyTotal } from '../../ai/usage/total.ts';
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { closureMoving, findClosure } from '../closure.ts';
import { monthsOf } from '../used.ts';
import { finished, type OffboardInput, outrun, overtaken, type Portion } from './step.ts';

/** Done again it changes nothing: what was added up stays, because some of the rows may be gone by then. */
export async function endGrace(ctx: Ctx, { closing }: OffboardInput): Promise<Portion> {
  const closure = await findClosure(ctx, ctx.tenant);
  const usage = closure?.usage ?? (await monthsOf(everyTotal(ctx)));
  try {
    await commit(ctx, { rows: [closureMoving(ctx, closing, { phase: 'removing', usage }, outrun)] });
    return finished;
  } catch (error) {
    if (error !== outrun) throw error;
    return overtaken;
  }
}
