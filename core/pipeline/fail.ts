// What failed: one episode (the rest goes on) or the whole task. The reason is kept and told.

import { load } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, type FailureCode } from '../platform/failure.ts';
import { sentences } from '../platform/sentences.ts';
import { advance } from '../task/advance.ts';
import { end } from '../task/end.ts';
import type { FailedPart } from '../task/schema.ts';
import { keepEpisode } from './extract.ts';

type Caught = { task: string; step?: string; episode?: number; error?: { Error?: string; Cause?: string } };

export async function fail(ctx: Ctx, input: Caught): Promise<void> {
  const failure = reasonOf(input.error);
  if (failure.code === 'TASK_CANCELLED') return;
  if (input.episode === undefined) {
    await end(ctx, input.task, () => ({
      status: 'failed',
      errorCode: failure.code,
      errorMessage: failure.say(ctx.locale),
      message: failure.say(ctx.locale),
    }));
    return;
  }
  const part: FailedPart = {
    episode: input.episode,
    step: input.step ?? 'extract',
    code: failure.code,
    message: failure.say(ctx.locale),
  };
  const task = await advance(ctx, input.task, ({ failed }) =>
    failed.some(({ episode, step }) => episode === part.episode && step === part.step)
      ? undefined
      : { failed: [...failed, part], message: `第 ${part.episode} 集未完成：${part.message}` },
  );
  const row = await load(ctx, task.project, input.episode);
  const change = part.step === 'storyboard' ? { storyboardStatus: 'FAILED' as const } : { status: 'FAILED' as const };
  await keepEpisode(ctx, row, { ...change, errorCode: failure.code });
}

/** The failure behind a caught state error: our own code where a step refused, TASK_TIMED_OUT, or TASK_FAILED with the error's name. */
export function reasonOf(error: Caught['error']): Failure {
  if (error?.Error === 'Refused') {
    const code = messageOf(error.Cause);
    if (code in sentences) return new Failure(code as FailureCode);
  }
  if (error?.Error === 'States.Timeout' || error?.Error === 'Sandbox.Timedout') return new Failure('TASK_TIMED_OUT');
  return new Failure('TASK_FAILED', { reason: error?.Error ?? 'unknown' });
}

function messageOf(cause = ''): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : '';
  } catch {
    return cause;
  }
}
