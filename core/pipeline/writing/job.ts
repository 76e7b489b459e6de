// What a task that writes is to do, as the kinds of writing are told it.
import { getJson } from '../../platform/blob.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { type TaskType, WritingType } from '../../task/schema.ts';
import type { TaskRow } from '../../task/store.ts';
import type { Job } from '../../writer/kind.ts';
import { askingOf } from '../asking.ts';

/** The type of a task that writes. */
export function writingTypeOf({ type }: { readonly type: TaskType }): WritingType {
  return WritingType.parse(type);
}

/** A job without what only those need who ask models. */
export type Commissioned = Pick<Job, 'shelf' | 'brief'>;

export async function commissioned(ctx: Ctx, task: TaskRow): Promise<Commissioned> {
  const brief = task.commission && (await getJson(ctx, task.commission.brief));
  if (brief === undefined) throw new TypeError(`task ${task.id} has no brief`);
  return { shelf: { project: task.project, task: task.id }, brief };
}

/** @param part the number that stands on usage rows. */
export async function jobOf(ctx: Ctx, task: TaskRow, part?: number): Promise<Job> {
  const asking = askingOf(ctx, task, part);
  const nobody = { project: task.project, task: task.id };
  return { ...(await commissioned(ctx, task)), asking: asking ?? nobody, isBuiltin: asking === undefined };
}
