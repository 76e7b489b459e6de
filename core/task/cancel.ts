import { again } from '../platform/again.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { progressFact } from './advance.ts';
import { releasing } from './end.ts';
import { ended, Task, TaskId } from './schema.ts';
import { claimed, find, inProject, load, saving, shown, type TaskRow } from './store.ts';

export const cancel = verb({
  name: 'task.cancel',
  summary: 'Stops a task; what is done is kept.',
  needs: 'task:write',
  input: TaskId,
  output: Task,
  // the steps of a task in full swing write the same row
  run: (ctx, { id }) =>
    again(async () => {
      const before = await load(ctx, id);
      if (ended.has(before.status)) throw new Failure('TASK_FINISHED', { status: before.status });
      return cancelled(ctx, before);
    }),
});

async function cancelled(ctx: Ctx, before: TaskRow): Promise<Task> {
  const { id } = before;
  const next: TaskRow = {
    ...before,
    status: 'cancelled',
    cancelRequested: true,
    message: { word: 'cancelled' },
    reason: { code: 'TASK_CANCELLED' },
    seq: before.seq + 1,
  };
  const now = ctx.now();
  await commit(ctx, {
    rows: [saving(ctx, before, next, now), ...releasing(ctx, before)],
    audit: { object: id, project: before.project, before: { status: before.status }, after: { status: 'cancelled' } },
    facts: [
      progressFact(next),
      {
        type: 'task.cancel_requested',
        subject: id,
        project: before.project,
        detail: { attempt: before.attempt, type: before.type },
      },
    ],
  });
  return shown({ ...next, version: before.version + 1, updatedAt: now }, ctx.locale);
}

/** Stops all that runs in the tenant. */
export async function stopEverything(ctx: Ctx): Promise<void> {
  for (const id of await claimed(ctx)) await stopped(ctx, id);
}

/** Stops all that runs in a project. */
export async function stopIn(ctx: Ctx, project: string): Promise<void> {
  for (const { id } of await inProject(ctx, project)) await stopped(ctx, id);
}

/** Stops a task, unless it has ended or is gone: also where that happens at this moment. */
const stopped = (ctx: Ctx, id: string): Promise<void> =>
  again(async () => {
    const row = await find(ctx, id);
    if (row && !ended.has(row.status)) await cancelled(ctx, row);
  });
