// The calls of the shots of one episode, or of one scene of it.
import { withAi } from '../ai/planning.ts';
import { type EpisodeRow, loadContent } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import * as Project from '../project/index.ts';
import type { Asking } from '../reader/asking.ts';
import { boardReader } from '../reader/storyboard/index.ts';
import { libraryCast } from '../shot/library-cast.ts';
import { castIn, styleOf } from '../storyboard/index.ts';
import type { Forecast } from './quoted.ts';

/** Throws NOT_FOUND for a scene that is not in the episode. */
export async function forecastShots(
  ctx: Ctx,
  asking: Asking,
  row: EpisodeRow,
  sceneId: string | undefined,
): Promise<Forecast> {
  const { document, episode } = await loadContent(ctx, row);
  if (sceneId !== undefined && !episode.scenes.some(({ id }) => id === sceneId)) throw notFound();
  const [cast, project] = await Promise.all([libraryCast(ctx, row.project), Project.load(ctx, row.project)]);
  const given = { episode, cast: castIn(episode, cast), style: styleOf(project, document.language), only: sceneId };
  const reader = await boardReader(withAi(ctx), { ...asking, episode: row.number }, given);
  return { expected: await reader.expected(), estimated: false };
}
