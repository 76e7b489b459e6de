// The storyboard of the bundled drama's first episode, and its shots.
import * as Episode from '../../core/episode/index.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import * as Shot from '../../core/shot/index.ts';
import { drama } from './drama.ts';
import { aBreakdown } from './run.ts';

/** Shots of a storyboard as they stand. */
export const shotsIn = async (ctx: Ctx, id: string) => (await Shot.shots(ctx, { id, size: 100 })).items;

/** A storyboard of its own for a test, and its shots. */
export async function makeBoard(ctx: Ctx, title: string) {
  const { project } = await aBreakdown(ctx, title, drama);
  const { items } = await Episode.list(ctx, { projectId: project, size: 10 });
  const episode = items[0]?.id ?? '';
  const { id } = await Shot.ofEpisode(ctx, { id: episode });
  return { id, project, episode, shots: await shotsIn(ctx, id) };
}
