// Steps that may ask models: they are given the gateway, and a signal that stops them before their time is up or when they are not wanted.
import type { AiCtx } from '../../core/ai/planning.ts';
import { watch } from '../../core/pipeline/wanted.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import { askingAi } from './ai.ts';
import { type Invocation, type StepInput, stepHandler } from './task.ts';

/** Ms before a function's end at which it stops asking, so that it can still keep what it has and say why. */
const lastMs = 15_000;

/** The Lambda handler of one step that may ask models. Out of time it fails with TASK_TIMED_OUT, and the machine begins it again: answers are kept. */
export const askingHandler = <T>(step: (ctx: Ctx, input: StepInput) => Promise<T>) =>
  stepHandler(async (ctx, input, { getRemainingTimeInMillis }: Invocation) => {
    const stop = new AbortController();
    const left = Math.max(0, getRemainingTimeInMillis() - lastMs);
    const timer = setTimeout(() => stop.abort(new Failure('TASK_TIMED_OUT')), left);
    const asking: AiCtx = { ...ctx, ai: askingAi(ctx.stores), signal: stop.signal };
    const end = watch(ctx, input, stop);
    try {
      return await step(asking, input);
    } finally {
      clearTimeout(timer);
      end();
    }
  });
