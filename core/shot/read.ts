// Reading storyboards: by episode, their shots in pages, the coverage report.

import * as Episode from '../episode/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { report } from './board.ts';
import { CoverageReport, EpisodeOf, ListShots, Shot, ShotId, ShotPage, Storyboard, StoryboardId } from './schema.ts';
import {
  type BoardRow,
  boardId,
  loadBoard,
  loadShots,
  openShot,
  readBoardId,
  ShotEntity,
  type ShotRow,
  shotsOf,
  shownShot,
  standingOn,
} from './store.ts';

export const ofEpisode = verb({
  name: 'storyboard.of_episode',
  summary: 'The storyboard of an episode.',
  needs: 'storyboard:read',
  input: EpisodeOf,
  output: Storyboard,
  run: async (ctx, { id }) => {
    const { project, number } = Episode.readEpisodeId(id);
    return shownBoard(await loadBoard(ctx, project, number));
  },
});

export const get = verb({
  name: 'storyboard.get',
  summary: 'A storyboard in short; its shots are a list of their own.',
  needs: 'storyboard:read',
  input: StoryboardId,
  output: Storyboard,
  run: async (ctx, { id }) => {
    const { project, episode } = readBoardId(id);
    return shownBoard(await loadBoard(ctx, project, episode));
  },
});

export const shots = verb({
  name: 'storyboard.shots',
  summary: 'Shots of a storyboard in order.',
  needs: 'storyboard:read',
  input: ListShots,
  output: ShotPage,
  run: async (ctx, { id, ...page }) => {
    const on = { query: shotsOf(ctx, id), reader: ShotEntity, about: `storyboard.shots|${id}` };
    const [{ items, ...rest }, standing] = await Promise.all([
      pageThrough<ShotRow>(ctx, on, page),
      standingOn(ctx, id),
    ]);
    if (items.length === 0) await mustExist(ctx, id);
    return { ...rest, items: items.map((row, index) => shownShot(row, standing, rest.passed + index + 1)) };
  },
});

/** An empty page of a storyboard that is not there answers 404 like everything that does not exist. */
async function mustExist(ctx: Ctx, id: string): Promise<void> {
  const { project, episode } = readBoardId(id);
  await loadBoard(ctx, project, episode);
}

export const shot = verb({
  name: 'shot.get',
  summary: 'One shot.',
  needs: 'storyboard:read',
  input: ShotId,
  output: Shot,
  run: async (ctx, { id }) => {
    const { shot: row, standing } = await openShot(ctx, id);
    return shownShot(row, standing);
  },
});

export const coverage = verb({
  name: 'storyboard.coverage',
  summary: 'What of the script the storyboard covers: every missing, doubled or altered line is named.',
  needs: 'storyboard:read',
  input: StoryboardId,
  output: CoverageReport,
  run: async (ctx, { id }) => {
    const { project, episode } = readBoardId(id);
    return report(ctx, await loadBoard(ctx, project, episode), await loadShots(ctx, id));
  },
});

export const shownBoard = (row: BoardRow): Storyboard => ({
  id: boardId(row.project, row.episode),
  episodeId: Episode.episodeId(row.project, row.episode),
  projectId: row.project,
  snapshotId: row.snapshot ?? null,
  shots: row.shots,
  seconds: row.seconds,
  coverage: row.coverage,
  unanchored: row.unanchored,
  version: row.version,
  updatedAt: row.updatedAt,
});
