// What every step does first: the task, as it stands; a cancelled or ended one goes no further.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { ended } from '../task/schema.ts';
import { load, type TaskRow } from '../task/store.ts';

/** Throws TASK_CANCELLED when the task was cancelled or has ended meanwhile. */
export async function begun(ctx: Ctx, task: string): Promise<TaskRow> {
  const row = await load(ctx, task);
  if (row.cancelRequested || ended.has(row.status)) throw new Failure('TASK_CANCELLED');
  return row;
}
