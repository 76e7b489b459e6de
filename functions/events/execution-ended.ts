// When an execution failed, ran out of time or was aborted without closing its task, the task is closed here.
import { fail } from '../../core/pipeline/fail.ts';
import { find } from '../../core/task/index.ts';
import { acrossCtx } from '../runtime/across.ts';
import type { StepInput } from '../runtime/task.ts';

type ExecutionEnded = { id: string; detail: { status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; input?: string } };

export async function handler({ id, detail }: ExecutionEnded): Promise<void> {
  const { tenant, task, attempt } = JSON.parse(detail.input ?? '{}') as Partial<StepInput>;
  if (!tenant || !task || attempt === undefined) return;
  const ctx = await acrossCtx(tenant, id);
  // its project was purged meanwhile
  if (!(await find(ctx, task))) return;
  const name = detail.status === 'TIMED_OUT' ? 'States.Timeout' : `Execution${detail.status}`;
  await fail(ctx, { task, attempt, error: { Error: name } });
}
