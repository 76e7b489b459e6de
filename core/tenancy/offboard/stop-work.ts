// What runs is cancelled; the table stream stops the executions. A step that is at work finishes by itself: it is waited for.
import type { Ctx } from '../../platform/ctx.ts';
import * as Task from '../../task/index.ts';

/** `seconds` after which nothing of the tenant writes any more: as long whatever ran, for a step that is done over does not know what it has stopped. */
export async function stopWork(ctx: Ctx): Promise<{ seconds: number }> {
  await Task.stopEverything(ctx);
  return { seconds: ctx.stores.closing.settleSeconds };
}
