// What every step does first: the task, as it stands; a cancelled or ended one goes no further.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { ended } from '../task/schema.ts';
import { load, type Order, type Run, type TaskRow } from '../task/store.ts';

/** Throws TASK_CANCELLED when the task was cancelled, has ended or goes on in another attempt meanwhile. */
export async function begun(ctx: Ctx, { task, attempt }: Run): Promise<TaskRow> {
  const row = await load(ctx, task);
  if (row.cancelRequested || ended.has(row.status) || row.attempt !== attempt) throw new Failure('TASK_CANCELLED');
  return row;
}

/** A task that breaks a script down, with what it is to do. */
export type BreakdownRow = TaskRow & { readonly order: Order };

/** The same for a step of a breakdown. */
export async function breakdownBegun(ctx: Ctx, run: Run): Promise<BreakdownRow> {
  const row = await begun(ctx, run);
  if (!row.order) throw new TypeError(`task ${row.id} breaks nothing down`);
  return { ...row, order: row.order };
}
