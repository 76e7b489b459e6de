import { commit } from '../platform/commit.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { Started, TaskId } from './schema.ts';
import { claiming, started } from './start.ts';
import { load, saving, type TaskRow } from './store.ts';

export const retry = verb({
  name: 'task.retry',
  summary: 'Runs the failed or unfinished part of a task again; finished parts come from the cache.',
  needs: 'task:write',
  input: TaskId,
  output: Started,
  run: async (ctx, { id }) => {
    const before = await load(ctx, id);
    if (before.status === 'completed') throw new Failure('NOTHING_TO_RETRY');
    if (before.status === 'pending' || before.status === 'running')
      throw new Failure('ALREADY_RUNNING', { task_id: id });
    const attempt = before.attempt + 1;
    const next: TaskRow = {
      ...before,
      status: 'pending',
      failed: [],
      steps: [],
      attempt,
      message: { word: 'retried' },
      cancelRequested: false,
      reason: undefined,
      seq: before.seq + 1,
    };
    await commit(ctx, {
      rows: [saving(ctx, before, next), ...(await claiming(ctx, before))],
      audit: {
        object: id,
        project: before.project,
        before: { status: before.status },
        after: { status: 'pending', attempt },
      },
      facts: [{ type: 'task.requested', subject: id, project: before.project, detail: { attempt } }],
    });
    return started(ctx, next);
  },
});
