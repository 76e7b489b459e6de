// Whether a step of this task may ask models, and in whose name.
import { withAi } from '../ai/planning.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Asking } from '../reader/asking.ts';
import type { TaskRow } from '../task/store.ts';

/**
 * Undefined when the task runs on the built-in engine alone: then nothing is asked.
 * What reads with models is loaded then and not before (`await import('../reader/…')`; what is imported otherwise comes from `ai/planning.ts`): work without them starts small.
 * @param episode absent for work over the whole project.
 */
export function askingOf(ctx: Ctx, task: TaskRow, episode?: number): Asking | undefined {
  if (task.provider === 'builtin') return undefined;
  const { signal } = withAi(ctx);
  return { project: task.project, task: task.id, episode, models: task.models, signal };
}
