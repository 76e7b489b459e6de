// What a client missed: the events of a task after a sequence number.
import type { Ctx } from '../platform/ctx.ts';
import { EventRow, lastSeq, seqId } from '../platform/event.ts';
import { everything } from '../platform/page.ts';
import { reaches } from '../platform/reach.ts';
import { find as findProject } from '../project/store.ts';
import { told } from '../task/said.ts';
import { find } from '../task/store.ts';

/** Progress details of `task` with a sequence number above `after`, in order; none where the task is out of reach, or its project deleted. */
export async function eventsAfter(ctx: Ctx, task: string, after: number): Promise<Record<string, unknown>[]> {
  const row = await find(ctx, task);
  if (!row || !reaches(ctx, row.project) || after >= lastSeq) return [];
  const project = await findProject(ctx, row.project);
  if (!project || project.status === 'deleted') return [];
  // both ends are said: what is only above it goes on into the events of later tasks
  const ofTask = EventRow.query.primary({ tenant: ctx.tenant, subject: task });
  const query = ofTask.between({ id: seqId(after + 1) }, { id: seqId(lastSeq) });
  const rows = await everything<{ type: string; detail?: Record<string, unknown> }>(ctx, query, EventRow);
  return rows
    .filter(({ type }) => type === 'task.progressed' || type === 'task.ended')
    .map(({ type, detail = {} }) => ({ type, task: told(detail, ctx.locale) }));
}
