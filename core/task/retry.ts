import { capping } from '../ai/planning.ts';
import * as Episode from '../episode/index.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { findScript } from '../revision/index.ts';
import { mustBeNewest } from './overtaken.ts';
import { RetryTask, Started } from './schema.ts';
import { claiming, started } from './start.ts';
import { load, saving, type TaskRow } from './store.ts';
import { mustBeUnrevised } from './unrevised.ts';
import { watch } from './watch.ts';

export const retry = verb({
  name: 'task.retry',
  summary:
    'Runs the failed, unfinished or drafted part of a task again, with the same models and, unless another is named, the same cap; finished parts come from the cache.',
  needs: 'task:write',
  input: RetryTask,
  output: Started,
  run: async (ctx, { id, cap }) => {
    const before = await load(ctx, id);
    if (before.status === 'completed' && !before.drafts?.length) throw new Failure('NOTHING_TO_RETRY');
    if (before.status === 'pending' || before.status === 'running')
      throw new Failure('ALREADY_RUNNING', { task_id: id });
    await mustStand(ctx, before);
    const recapped = cap === undefined || before.cap === undefined ? [] : [capping(ctx, id, before.cap, cap)];
    if (cap === 0 && recapped.length > 0) throw new Failure('BUDGET_ZERO', { task_id: id });
    const attempt = before.attempt + 1;
    const next: TaskRow = {
      ...before,
      status: 'pending',
      ...(recapped.length > 0 && { cap }),
      failed: [],
      drafts: undefined,
      notices: undefined,
      steps: [],
      attempt,
      message: { word: 'retried' },
      cancelRequested: false,
      reason: undefined,
      result: undefined,
      seq: before.seq + 1,
    };
    await watch(ctx, id);
    await commit(ctx, {
      rows: [saving(ctx, before, next), ...recapped, ...(await claiming(ctx, before))],
      audit: {
        object: id,
        project: before.project,
        before: { status: before.status },
        after: { status: 'pending', attempt },
      },
      facts: [{ type: 'task.requested', subject: id, project: before.project, detail: { attempt, type: before.type } }],
    });
    return started(ctx, next);
  },
});

/** Throws when what the task works on is not what it was. */
async function mustStand(ctx: Ctx, row: TaskRow): Promise<void> {
  const { order, type } = row;
  if (!order) return mustBeUnrevised(ctx, row);
  const script = await findScript(ctx, row.script);
  // a script that was sent again has its episodes in that one
  if (script?.heir !== undefined) throw new Failure('REVISION_OVERTAKEN');
  // episodes stay when their script is deleted, and single ones are worked on; the whole is begun of a script that is there
  if (type === 'script_parse' && script?.status !== 'active') throw script ? deleted() : notFound();
  mustBeNewest({ ...row, order }, await Episode.loadAll(ctx, row.project));
}

const deleted = () =>
  new Failure('CONFLICT', {
    reason: words('剧本已被删除，先恢复它再重试', 'its script was deleted; restore the script, then retry'),
  });
