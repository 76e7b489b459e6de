// What failed: one part (the others go on) or the whole. The reason is kept and told.
import type { Ctx } from '../../platform/ctx.ts';
import { advance } from '../../task/advance.ts';
import type { FailedStep, Run } from '../../task/store.ts';
import { fail as failWhole, reasonOf } from '../fail.ts';

type Caught = Run & { readonly part?: number; readonly error?: { Error?: string; Cause?: string } };

export async function fail(ctx: Ctx, { part, ...input }: Caught): Promise<void> {
  if (part === undefined) return failWhole(ctx, input);
  const reason = reasonOf(input.error);
  if (reason.code === 'TASK_CANCELLED') return;
  const failed: FailedStep = { episode: part, step: 'write', reason };
  await advance(ctx, input, (row) => {
    if (row.failed.some(({ episode }) => episode === part)) return undefined;
    const word = row.type === 'visual_prompt' ? 'prompts_failed' : 'part_failed';
    return { failed: [...row.failed, failed], message: { word, values: { episode: part }, reason } };
  });
}
