// The breakdown machine in one process: the same steps, the same catches, one after the other.
import { extract } from '../../core/pipeline/extract.ts';
import { fail } from '../../core/pipeline/fail.ts';
import { finish } from '../../core/pipeline/finish.ts';
import { read } from '../../core/pipeline/read.ts';
import { lineOf } from '../../core/pipeline/refusal-line.ts';
import { resolve } from '../../core/pipeline/resolve.ts';
import { snapshot } from '../../core/pipeline/snapshot.ts';
import { storyboard } from '../../core/pipeline/storyboard.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure, outrun } from '../../core/platform/failure.ts';
import * as Project from '../../core/project/index.ts';
import * as Task from '../../core/task/index.ts';
import type { BreakdownResult } from '../../core/task/schema.ts';

type Step = 'read' | 'extract' | 'resolve' | 'snapshot' | 'storyboard' | 'finish';
/** Called before each step; what it throws, the step throws. */
export type Before = (step: Step, episode?: number) => void | Promise<void>;

/** As Step Functions names what a step threw. */
export const caught = (error: unknown) => ({
  Error: error instanceof Failure && error.status < 500 && !outrun(error) ? 'Refused' : 'States.TaskFailed',
  Cause: JSON.stringify({ errorMessage: error instanceof Failure ? lineOf(error) : String(error) }),
});

/** Runs a task to its end and answers it. */
export async function run(ctx: Ctx, task: string, before: Before = () => undefined) {
  const { attempt } = await Task.get(ctx, { id: task });
  const of = { task, attempt };
  const system: Ctx = { ...ctx, role: 'owner', actor: { kind: 'system', id: 'breakdown' } };
  const perEpisode = async (step: 'extract' | 'storyboard', numbers: number[]) => {
    for (const episode of numbers)
      try {
        await before(step, episode);
        await (step === 'extract' ? extract : storyboard)(system, { ...of, episode });
      } catch (error) {
        await fail(system, { ...of, step, episode, error: caught(error) });
      }
  };
  try {
    await before('read');
    const plan = await read(system, of);
    await perEpisode('extract', plan.extract);
    await before('resolve');
    await resolve(system, of);
    await before('snapshot');
    await snapshot(system, of);
    await perEpisode('storyboard', plan.storyboard);
    await before('finish');
    await finish(system, of);
  } catch (error) {
    await fail(system, { ...of, error: caught(error) });
  }
  const ended = await Task.get(ctx, { id: task });
  return { ...ended, result: ended.result as BreakdownResult | null };
}

/** A project with this script, broken down. */
export async function aBreakdown(ctx: Ctx, title: string, text: string, before?: Before) {
  const project = await Project.create(ctx, { title });
  const { taskId } = await Task.parseScript(ctx, { projectId: project.id, rawText: text, title });
  return { project: project.id, task: await run(ctx, taskId, before) };
}
