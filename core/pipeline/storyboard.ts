// Step 5. Storyboard: shots for one episode (or one scene of it). Generated shots are replaced; locked and edited ones stay.

import { withAi } from '../ai/planning.ts';
import * as Episode from '../episode/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import * as Project from '../project/index.ts';
import type { Board, boardReader } from '../reader/storyboard/index.ts';
import { standalone } from '../script/standalone.ts';
import { libraryCast } from '../shot/library-cast.ts';
import type { composeEpisode } from '../storyboard/compose.ts';
import { castIn, styleOf } from '../storyboard/given.ts';
import { finishStep } from '../task/advance.ts';
import type { Run } from '../task/store.ts';
import { askingOf } from './asking.ts';
import { breakdownBegun } from './begun.ts';
import { remembered } from './cache.ts';
import { keepEpisode } from './keep-episode.ts';
import type { keepShots } from './keep-shots.ts';

export async function storyboard(
  ctx: Ctx,
  input: Run & { episode?: number },
): Promise<{ episode: number; cached: boolean }> {
  const task = await breakdownBegun(ctx, input);
  const number = input.episode ?? 0;
  const row = await Episode.load(ctx, task.project, number);
  // an episode whose extraction failed has nothing to stand on; it was reported there
  if (row.status !== 'COMPLETED') return { episode: number, cached: false };
  const [{ document, episode }, cast, project] = await Promise.all([
    Episode.loadContent(ctx, row),
    libraryCast(ctx, task.project),
    Project.load(ctx, task.project),
  ]);
  const style = styleOf(project, document.language);
  const asking = askingOf(ctx, task, number);
  const here = castIn(episode, cast);
  const given = { episode, cast: here, style, only: task.order.sceneId };
  const reader = asking && (await readerFor(withAi(ctx), asking, given));
  const make = reader
    ? reader.read
    : async () => ({ value: { shots: await composed(episode, cast, style), mended: 0 } });
  const inputs = [standalone(episode), here, style, ...(reader?.inputs ?? [])];
  const { value, cached, draft } = await remembered<Board>(ctx, task.project, 'storyboard', inputs, make);
  await kept(ctx, task, episode, value.shots);
  await keepEpisode(ctx, await Episode.load(ctx, task.project, number), {
    storyboardStatus: 'COMPLETED',
    errorCode: undefined,
  });
  const notice = value.mended > 0 ? new Failure('STORYBOARD_MENDED', { count: value.mended }) : undefined;
  const step = { name: `storyboard:${number}`, cached, draft, notice };
  await finishStep(ctx, input, step, { word: 'boarded', values: { episode: number } });
  return { episode: number, cached };
}

/** The reader with its prompt is loaded where a model is asked. */
const readerFor: typeof boardReader = async (...given) =>
  (await import('../reader/storyboard/index.ts')).boardReader(...given);

/** What composes and keeps is loaded when there is an episode to compose and not at the start. */
const composed = async (...given: Parameters<typeof composeEpisode>) =>
  (await import('../storyboard/compose.ts')).composeEpisode(...given);
const kept: typeof keepShots = async (...given) => (await import('./keep-shots.ts')).keepShots(...given);
