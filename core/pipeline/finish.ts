// Step 6. Finish: what came of it, told once; the project is free for the next piece of work.

import { loadAll as loadAssets, loadDecisions } from '../asset/store.ts';
import { loadAll as loadEpisodes } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { complete } from '../platform/settled.ts';
import { loadRevision } from '../revision/store.ts';
import { boardId, findBoard, loadShots } from '../shot/store.ts';
import { snapshotId } from '../snapshot/store.ts';
import { end } from '../task/end.ts';
import type { Said } from '../task/said.ts';
import type { BreakdownResult } from '../task/schema.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { type BreakdownRow, breakdownBegun } from './begun.ts';
import { letGo } from './let-go.ts';

export async function finish(ctx: Ctx, input: Run): Promise<void> {
  const task = await breakdownBegun(ctx, input);
  const result = await resultOf(ctx, task);
  await end(ctx, input, (newest) => {
    const status = newest.failed.length > 0 ? 'partial' : 'completed';
    return { status, result: { ...result, cached: cachedOf(newest) }, message: messageOf(newest, result) };
  });
  await letGo(ctx, input);
}

async function resultOf(ctx: Ctx, task: BreakdownRow): Promise<BreakdownResult> {
  const [all, assets, decisions, revision] = await Promise.all([
    loadEpisodes(ctx, task.project),
    loadAssets(ctx, task.project),
    loadDecisions(ctx, task.project),
    loadRevision(ctx, task.script, task.revision),
  ]);
  const worked = new Set([...plannedFor(task, 'extract'), ...plannedFor(task, 'storyboard')]);
  const episodes = all.filter(({ number }) => worked.has(number));
  const { sceneId, through } = task.order;
  return {
    episodes: episodes.length,
    scenes: sceneId === undefined ? episodes.reduce((sum, { scenes }) => sum + scenes, 0) : 1,
    assets: assets.filter(({ status, episodes: of }) => status === 'active' && of.some((n) => worked.has(n))).length,
    waiting: decisions.filter(({ status }) => status === 'waiting').length,
    ...(through === 'storyboard' && { shots: await shotsOf(ctx, task) }),
    snapshotId: snapshotId(task.id, task.attempt),
    cached: cachedOf(task),
    warnings: revision.warnings.length,
  };
}

/** Episodes that a step was planned for. */
const plannedFor = ({ planned }: TaskRow, step: 'extract' | 'storyboard'): number[] =>
  planned.flatMap((name) => (name.startsWith(`${step}:`) ? [Number(name.slice(step.length + 1))] : []));

/** Shots on the storyboards that were made, or of the one scene. */
async function shotsOf(ctx: Ctx, task: BreakdownRow): Promise<number> {
  const boards = await Promise.all(plannedFor(task, 'storyboard').map((n) => findBoard(ctx, task.project, n)));
  const { sceneId } = task.order;
  if (sceneId === undefined) return boards.reduce((sum, board) => sum + (board?.shots ?? 0), 0);
  const counts = boards.map(async (board) => {
    if (!board) return 0;
    // the index may not show them all yet
    const shots = await complete(() => loadShots(ctx, boardId(board.project, board.episode)), board.shots);
    return shots.filter(({ content }) => content.sceneId === sceneId).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

function cachedOf({ steps }: TaskRow): BreakdownResult['cached'] {
  const count = (step: string) => steps.filter(({ name, cached }) => cached && name.startsWith(`${step}:`)).length;
  return { extract: count('extract'), storyboard: count('storyboard') };
}

function messageOf({ failed, steps }: TaskRow, { shots, assets }: BreakdownResult): Said {
  const reused = steps.filter(({ name, cached }) => cached && name.includes(':')).length;
  const state = failed.length > 0 ? 'partial' : reused > 0 ? 'completed_reused' : 'completed';
  const values = { assets, failed: failed.length, reused };
  return shots === undefined ? { word: `assets_${state}`, values } : { word: state, values: { ...values, shots } };
}
