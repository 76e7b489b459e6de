// Writing, step 3. Finish: what was written becomes what it was written for, were it only a part; told once.
import type { Ctx } from '../../platform/ctx.ts';
import { end } from '../../task/end.ts';
import type { Run } from '../../task/store.ts';
import { begun } from '../begun.ts';
import { endings } from './endings.ts';
import { commissioned, writingTypeOf } from './job.ts';

export async function finish(ctx: Ctx, input: Run): Promise<void> {
  const task = await begun(ctx, input);
  const ending = await endings[writingTypeOf(task)](ctx, task, await commissioned(ctx, task));
  if (!ending) {
    const reason = task.failed[0]?.reason ?? {
      code: 'TASK_FAILED' as const,
      details: { reason: 'nothing was written' },
    };
    await end(ctx, input, () => ({ status: 'failed', reason, message: { word: 'failed', reason } }));
    return;
  }
  const { result, message, change, along } = ending;
  const status = task.failed.length > 0 ? 'partial' : 'completed';
  await end(ctx, input, () => ({ ...change, status, result, message }), along);
}
