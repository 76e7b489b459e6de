// What runs is cancelled; the table stream stops the executions. A step that is at work finishes by itself: it is waited for.
import type { Ctx } from '../../platform/ctx.ts';
import * as Task from '../../task/index.ts';

/** Seconds that requests under way may take: the gateway's answer (29 s) behind the authorizer's (30 s). */
const requestSeconds = 60;

/** `seconds` after which nothing of the tenant writes any more. */
export async function stopWork(ctx: Ctx): Promise<{ seconds: number }> {
  const { settleSeconds } = ctx.stores.closing;
  const stopped = await Task.stopEverything(ctx);
  return { seconds: stopped > 0 ? settleSeconds : Math.min(requestSeconds, settleSeconds) };
}
