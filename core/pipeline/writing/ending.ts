// What a kind of writing says of its end.
import type { Ctx } from '../../platform/ctx.ts';
import type { Along } from '../../task/advance.ts';
import type { Said } from '../../task/said.ts';
import type { TaskResult } from '../../task/schema.ts';
import type { TaskRow } from '../../task/store.ts';
import type { Commissioned } from './job.ts';

type Ending = {
  readonly result: TaskResult;
  readonly message: Said;
  /** What else of the task changes. */
  readonly change?: Partial<Pick<TaskRow, 'revision'>>;
  /** Rows, facts and the audit line of what was made. */
  readonly along: Along;
};

/** Undefined when nothing was written. Commits nothing itself. */
export type EndingOf = (ctx: Ctx, task: TaskRow, job: Commissioned) => Promise<Ending | undefined>;
