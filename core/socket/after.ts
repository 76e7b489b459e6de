// What a client missed: the events of a task after a sequence number.
import type { Ctx } from '../platform/ctx.ts';
import { EventRow, seqId } from '../platform/event.ts';
import { everything } from '../platform/page.ts';
import { told } from '../task/said.ts';

/** Progress details of `task` with a sequence number above `after`, in order. */
export async function eventsAfter(ctx: Ctx, task: string, after: number): Promise<Record<string, unknown>[]> {
  const query = EventRow.query.primary({ tenant: ctx.tenant, subject: task }).gt({ id: seqId(after) });
  const rows = await everything<{ type: string; detail?: Record<string, unknown> }>(ctx, query, EventRow);
  return rows
    .filter(({ type }) => type === 'task.progressed' || type === 'task.ended')
    .map(({ type, detail = {} }) => ({ type, task: told(detail, ctx.locale) }));
}
