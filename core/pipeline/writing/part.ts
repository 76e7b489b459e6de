// Writing, step 2. Part: one episode, one prompt; clients hear how far it is.
import { withAi } from '../../ai/planning.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { outrun } from '../../platform/failure.ts';
import { advance, finishStep } from '../../task/advance.ts';
import type { Run } from '../../task/store.ts';
import type { Telling } from '../../writer/kind.ts';
import { kinds } from '../../writer/kinds.ts';
import { begun } from '../begun.ts';
import { jobOf, writingTypeOf } from './job.ts';

export async function part(
  ctx: Ctx,
  input: Run & { readonly part?: number },
): Promise<{ part: number; cached: boolean }> {
  const task = await begun(ctx, input);
  const { part: number = 0 } = input;
  const kind = await kinds[writingTypeOf(task)]();
  const job = await jobOf(ctx, task, number);
  const { cached, notice, draft, message } = await kind.part(withAi(ctx), job, number, telling(ctx, input, number));
  await finishStep(ctx, input, { name: `write:${number}`, cached, notice, draft }, message);
  return { part: number, cached };
}

/** A word of progress that others outrun is one less, and no reason to stop. */
const telling =
  (ctx: Ctx, run: Run, episode: number): Telling =>
  async (characters) => {
    try {
      await advance(ctx, run, () => ({
        status: 'running',
        message: { word: 'writing', values: { episode, characters } },
      }));
    } catch (error) {
      if (!outrun(error)) throw error;
    }
  };
