// Long steps that ask models stop when nobody wants their answer any more.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { Run } from '../task/store.ts';
import { begun } from './begun.ts';

/** Ms between two looks: how long a cancelled task may go on asking. */
const lookMs = 2000;

/**
 * Aborts `stop` with the failure to tell when the task is cancelled, has ended or goes on in another attempt. Answers how to end the watch.
 * A task without models is looked at once. A look that fails proves nothing.
 */
export function watch(ctx: Ctx, run: Run, stop: AbortController): () => void {
  let isLooking = false;
  const look = async () => {
    isLooking = true;
    try {
      if ((await begun(ctx, run)).provider === 'builtin') end();
    } catch (error) {
      if (error instanceof Failure && error.code === 'TASK_CANCELLED') stop.abort(error);
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => {
    if (!isLooking) void look();
  }, lookMs);
  timer.unref();
  const end = () => clearInterval(timer);
  return end;
}
