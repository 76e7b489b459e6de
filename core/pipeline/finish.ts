// Step 6. Finish: what came of it, told once; the project is free for the next piece of work.

import { loadAll as loadAssets, loadDecisions } from '../asset/store.ts';
import { inScript, loadAll as loadEpisodes } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { loadRevision } from '../revision/store.ts';
import { findBoard } from '../shot/store.ts';
import { snapshotId } from '../snapshot/store.ts';
import { end } from '../task/end.ts';
import type { Said } from '../task/said.ts';
import type { BreakdownResult } from '../task/schema.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { begun } from './begun.ts';
import { letGo } from './let-go.ts';

export async function finish(ctx: Ctx, input: Run): Promise<void> {
  const task = await begun(ctx, input);
  const result = await resultOf(ctx, task);
  await end(ctx, input, (newest) => {
    const status = newest.failed.length > 0 ? 'partial' : 'completed';
    return { status, result: { ...result, cached: cachedOf(newest) }, message: messageOf(newest, result) };
  });
  await letGo(ctx, input);
}

async function resultOf(ctx: Ctx, task: TaskRow): Promise<BreakdownResult> {
  const [all, assets, decisions, revision] = await Promise.all([
    loadEpisodes(ctx, task.project),
    loadAssets(ctx, task.project),
    loadDecisions(ctx, task.project),
    loadRevision(ctx, task.script, task.revision),
  ]);
  const episodes = inScript(all);
  const boards = await Promise.all(episodes.map(({ number }) => findBoard(ctx, task.project, number)));
  return {
    episodes: episodes.length,
    scenes: episodes.reduce((sum, { scenes }) => sum + scenes, 0),
    assets: assets.filter(({ status }) => status === 'active').length,
    waiting: decisions.filter(({ status }) => status === 'waiting').length,
    shots: boards.reduce((sum, board) => sum + (board?.shots ?? 0), 0),
    snapshotId: snapshotId(task.id, task.attempt),
    cached: cachedOf(task),
    warnings: revision.warnings.length,
  };
}

function cachedOf({ steps }: TaskRow): BreakdownResult['cached'] {
  const count = (step: string) => steps.filter(({ name, cached }) => cached && name.startsWith(`${step}:`)).length;
  return { extract: count('extract'), storyboard: count('storyboard') };
}

function messageOf({ failed, steps }: TaskRow, { shots, assets }: BreakdownResult): Said {
  if (failed.length > 0) return { word: 'partial', values: { failed: failed.length, assets, shots } };
  const reused = steps.filter(({ name, cached }) => cached && name.includes(':')).length;
  const values = { assets, shots, reused };
  return { word: reused > 0 ? 'completed_reused' : 'completed', values };
}
