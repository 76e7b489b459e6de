// The machine of writing in one process: the same steps, the same catches, one after the other.
import { fail } from '../../core/pipeline/writing/fail.ts';
import { finish } from '../../core/pipeline/writing/finish.ts';
import { part } from '../../core/pipeline/writing/part.ts';
import { plan } from '../../core/pipeline/writing/plan.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import * as Task from '../../core/task/index.ts';
import { caught } from './run.ts';

/** Runs a task that writes to its end and answers it. @param before is called before each part. */
export async function runWriting(ctx: Ctx, task: string, before: (part: number) => unknown = () => undefined) {
  const { attempt } = await Task.get(ctx, { id: task });
  const of = { task, attempt };
  const system: Ctx = { ...ctx, role: 'owner', actor: { kind: 'system', id: 'writing' } };
  try {
    const { waves } = await plan(system, of);
    for (const number of waves.flat())
      try {
        await before(number);
        await part(system, { ...of, part: number });
      } catch (error) {
        await fail(system, { ...of, part: number, error: caught(error) });
      }
    await finish(system, of);
  } catch (error) {
    await fail(system, { ...of, error: caught(error) });
  }
  return Task.get(ctx, { id: task });
}
