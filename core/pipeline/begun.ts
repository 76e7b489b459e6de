// What every step does first: the task, as it stands; a cancelled or ended one goes no further.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { ended } from '../task/schema.ts';
import { load, type Run, type TaskRow } from '../task/store.ts';

/** Throws TASK_CANCELLED when the task was cancelled, has ended or goes on in another attempt meanwhile. */
export async function begun(ctx: Ctx, { task, attempt }: Run): Promise<TaskRow> {
  const row = await load(ctx, task);
  if (row.cancelRequested || ended.has(row.status) || row.attempt !== attempt) throw new Failure('TASK_CANCELLED');
  return row;
}
