// Writing, step 1. Plan: what is to be written, in which parts.
import { withAi } from '../../ai/planning.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { advance } from '../../task/advance.ts';
import type { Run } from '../../task/store.ts';
import { kinds } from '../../writer/kinds.ts';
import { begun } from '../begun.ts';
import { jobOf, writingTypeOf } from './job.ts';

/** Numbers of the parts, wave by wave. Goes through the state machine: numbers only. */
export type Plan = { readonly waves: readonly (readonly number[])[] };

export async function plan(ctx: Ctx, input: Run): Promise<Plan> {
  const task = await begun(ctx, input);
  const kind = await kinds[writingTypeOf(task)]();
  const { waves, message } = await kind.plan(withAi(ctx), await jobOf(ctx, task));
  const planned = ['plan', ...waves.flat().map((number) => `write:${number}`)];
  await advance(ctx, input, ({ steps }) =>
    steps.some(({ name }) => name === 'plan')
      ? undefined
      : { status: 'running', planned, steps: [...steps, { name: 'plan', cached: false }], message },
  );
  return { waves };
}
