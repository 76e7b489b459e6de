// What failed: one episode (the rest goes on) or the whole task. The reason is kept and told.

import { load } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { advance } from '../task/advance.ts';
import { end } from '../task/end.ts';
import type { Reason } from '../task/said.ts';
import type { FailedStep, Run } from '../task/store.ts';
import { keepEpisode } from './keep-episode.ts';
import { letGo } from './let-go.ts';
import { messageOf, reasonIn } from './refusal-line.ts';

type Caught = Run & { step?: string; episode?: number; error?: { Error?: string; Cause?: string } };

export async function fail(ctx: Ctx, input: Caught): Promise<void> {
  const reason = reasonOf(input.error);
  if (input.episode === undefined) return failWhole(ctx, input, reason);
  if (reason.code === 'TASK_CANCELLED') return;
  const part: FailedStep = { episode: input.episode, step: input.step ?? 'extract', reason };
  const task = await advance(ctx, input, ({ failed }) =>
    failed.some(({ episode, step }) => episode === part.episode && step === part.step)
      ? undefined
      : { failed: [...failed, part], message: { word: 'part_failed', values: { episode: part.episode }, reason } },
  );
  if (task.attempt !== input.attempt) return;
  const row = await load(ctx, task.project, input.episode);
  const change = part.step === 'storyboard' ? { storyboardStatus: 'FAILED' as const } : { status: 'FAILED' as const };
  await keepEpisode(ctx, row, { ...change, errorCode: reason.code });
}

/** A cancelled task has ended already; the episodes it was at are let go all the same. */
async function failWhole(ctx: Ctx, run: Run, reason: Reason): Promise<void> {
  if (reason.code !== 'TASK_CANCELLED')
    await end(ctx, run, () => ({ status: 'failed', reason, message: { word: 'failed', reason } }));
  await letGo(ctx, run);
}

/** The reason behind a caught state error: our own code where a step refused, TASK_TIMED_OUT, or TASK_FAILED with the error's name. */
export function reasonOf(error: Caught['error']): Reason {
  // `Failure`: a step that was outrun until it gave up
  if (error?.Error === 'Refused' || error?.Error === 'Failure') {
    const reason = reasonIn(messageOf(error.Cause));
    if (reason) return reason;
  }
  if (error?.Error === 'States.Timeout' || error?.Error === 'Sandbox.Timedout') return { code: 'TASK_TIMED_OUT' };
  return { code: 'TASK_FAILED', details: { reason: error?.Error ?? 'unknown' } };
}
