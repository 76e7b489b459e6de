// Progress: a step says that it is done (or failed); the task row, its sequence and the pushed event move together.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Fact } from '../platform/event.ts';
import { Failure } from '../platform/failure.ts';
import type { Said } from './said.ts';
import { ended } from './schema.ts';
import { type FailedStep, load, progressOf, type Run, type Step, saving, type TaskRow } from './store.ts';

/** Parallel steps write one row: each retries on the newest version. 40 episodes at once settle well within this. */
const tries = 60;

/**
 * Applies `change` to the newest state of the task and announces it, with the rows that belong to it.
 * `change` may answer undefined: nothing to do. A task that has ended, or goes on in another attempt, is left alone.
 */
export async function advance(
  ctx: Ctx,
  { task, attempt: run }: Run,
  change: (row: TaskRow) => Partial<TaskRow> | undefined,
  rows: (row: TaskRow) => Write[] = () => [],
): Promise<TaskRow> {
  for (let attempt = 1; ; attempt++) {
    const before = await load(ctx, task);
    const over = ended.has(before.status) || before.attempt !== run;
    const changed = over ? undefined : change(before);
    if (!changed) return before;
    const next: TaskRow = { ...before, ...changed, seq: before.seq + 1 };
    try {
      await commit(ctx, { rows: [saving(ctx, before, next), ...rows(next)], facts: [progressFact(next)] });
      return next;
    } catch (error) {
      const lost = error instanceof Failure && (error.code === 'STALE_VERSION' || error.code === 'BUSY');
      if (!lost || attempt >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(400, 10 * attempt)));
    }
  }
}

/** What clients are told: the state without the plan. The message is put into words when it is told. */
export const progressFact = (row: TaskRow): Fact => {
  const { id, type, status, message, failed, drafts = [], reason, seq } = row;
  const [progress, errorCode] = [progressOf(row), reason?.code ?? null];
  return {
    type: ended.has(status) ? 'task.ended' : 'task.progressed',
    subject: id,
    project: row.project,
    seq,
    detail: { id, type, status, progress, message, failed: failed.length, drafts: drafts.length, errorCode, seq },
  };
};

/** `draft`: why the step is less than what was asked for; the task tells it. */
type Finished = Step & { readonly draft?: Failure | undefined };

/** Marks one step finished. A step done twice (a retry after a crash) counts once. */
export const finishStep = (ctx: Ctx, run: Run, { name, cached, draft }: Finished, message: Said): Promise<TaskRow> =>
  advance(ctx, run, ({ steps, drafts = [] }) =>
    steps.some((step) => step.name === name)
      ? undefined
      : {
          status: 'running',
          steps: [...steps, { name, cached }],
          message,
          ...(draft && { drafts: [...drafts, draftOf(name, draft)] }),
        },
  );

/** @param name of the step, with its episode behind a colon where it is of one. */
function draftOf(name: string, { code, details }: Failure): FailedStep {
  const [step = '', episode = '0'] = name.split(':');
  return { episode: Number(episode), step, reason: { code, details } };
}
