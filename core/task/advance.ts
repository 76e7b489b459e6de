// Progress: a step says that it is done (or failed); the task row, its sequence and the pushed event move together.
import { again } from '../platform/again.ts';
import type { AuditNote } from '../platform/audit.ts';
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Fact } from '../platform/event.ts';
import type { Failure } from '../platform/failure.ts';
import type { Said } from './said.ts';
import { ended } from './schema.ts';
import { type FailedStep, load, progressOf, type Run, type Step, saving, type TaskRow } from './store.ts';

/** What belongs to a change of a task: rows, and what is told of them. */
export type Along = {
  readonly rows: readonly Write[];
  readonly facts?: readonly Fact[] | undefined;
  readonly audit?: AuditNote | undefined;
};

/**
 * Applies `change` to the newest state of the task and announces it, with what belongs to it.
 * `change` may answer undefined: nothing to do. A task that has ended, or goes on in another attempt, is left alone.
 */
export const advance = (
  ctx: Ctx,
  { task, attempt }: Run,
  change: (row: TaskRow) => Partial<TaskRow> | undefined,
  alongOf: (row: TaskRow) => Along = () => ({ rows: [] }),
): Promise<TaskRow> =>
  // parallel steps write one row
  again(async () => {
    const before = await load(ctx, task);
    const over = ended.has(before.status) || before.attempt !== attempt;
    const changed = over ? undefined : change(before);
    if (!changed) return before;
    const next: TaskRow = { ...before, ...changed, seq: before.seq + 1 };
    const { rows, facts = [], audit } = alongOf(next);
    await commit(ctx, {
      rows: [saving(ctx, before, next), ...rows],
      facts: [progressFact(next), ...facts],
      ...(audit && { audit }),
    });
    return next;
  });

/** What clients are told: the state without the plan. The message is put into words when it is told. */
export const progressFact = (row: TaskRow): Fact => {
  const { id, type, status, message, failed, drafts = [], reason, seq } = row;
  const [progress, errorCode] = [progressOf(row), reason?.code ?? null];
  const { characters } = message.values ?? {};
  return {
    type: ended.has(status) ? 'task.ended' : 'task.progressed',
    subject: id,
    project: row.project,
    seq,
    detail: {
      id,
      type,
      status,
      progress,
      message,
      failed: failed.length,
      drafts: drafts.length,
      errorCode,
      seq,
      // of a text that is being written: how much there is of the part at work
      ...(characters !== undefined && { characters }),
    },
  };
};

/** `draft`: why the step is less than what was asked for; `notice`: what of it could not be kept. The task tells both. */
type Finished = Step & { readonly draft?: Failure | undefined; readonly notice?: Failure | undefined };

/** Marks one step finished. A step done twice (a retry after a crash) counts once. */
export const finishStep = (ctx: Ctx, run: Run, finished: Finished, message: Said): Promise<TaskRow> =>
  advance(ctx, run, ({ steps, drafts = [], notices = [] }) => {
    const { name, cached, draft, notice } = finished;
    if (steps.some((step) => step.name === name)) return undefined;
    return {
      status: 'running',
      steps: [...steps, { name, cached }],
      message,
      ...(draft && { drafts: [...drafts, partOf(name, draft)] }),
      ...(notice && { notices: [...notices, partOf(name, notice)] }),
    };
  });

/** @param name of the step, with its episode behind a colon where it is of one. */
function partOf(name: string, { code, details }: Failure): FailedStep {
  const [step = '', episode = '0'] = name.split(':');
  return { episode: Number(episode), step, reason: { code, details } };
}
