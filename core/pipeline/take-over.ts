// A new revision takes over what people made of the one before.
import type { Ctx } from '../platform/ctx.ts';
import type { TaskRow } from '../task/store.ts';
import { renewBoards } from './boards.ts';
import { type Change, keepEpisodes } from './episodes.ts';
import { clearVacated, keepLeft } from './left.ts';
import { renameForms } from './renames.ts';
import { takeOverShots } from './take-over-shots.ts';

/**
 * What left the script is kept first, then shots go where their words are, then the episodes change. In this order: a step that broke off
 * anywhere and is begun again finds everything it needs. At last every storyboard tells what it covers of the new text, until one is made for it.
 */
export async function takeOver(ctx: Ctx, task: TaskRow, change: Change): Promise<void> {
  await keepLeft(ctx, task, change);
  await renameForms(ctx, task, change);
  const regrouped = await takeOverShots(ctx, task, change);
  await clearVacated(ctx, task, change);
  await keepEpisodes(ctx, task, change);
  const left = change.places.left.map(({ number }) => number);
  await renewBoards(ctx, task.project, new Set([...regrouped, ...change.worked, ...left]));
}
