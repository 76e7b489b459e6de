// The storyboard's own row follows its shots: count, seconds, coverage in short.

import * as Episode from '../episode/index.ts';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Coverage } from '../storyboard/coverage/report.ts';
import { coverage, unanchored } from '../storyboard/index.ts';
import type { ShotContent } from '../storyboard/schema.ts';
import { followed } from './followed.ts';
import { openLibrary } from './library-cast.ts';
import { BoardEntity, type BoardRow, loadShots, readBoardId, type ShotRow } from './store.ts';

/** The coverage report of a storyboard, computed from the script and the shots as they stand. */
export const report = async (ctx: Ctx, board: BoardOf, shots: ShotRow[]): Promise<Coverage> =>
  (await reported(ctx, board, shots)).coverage;

type BoardOf = Pick<BoardRow, 'project' | 'episode'>;

async function reported(ctx: Ctx, board: BoardOf, shots: ShotRow[]) {
  const row = await Episode.load(ctx, board.project, board.episode);
  const { episode } = await Episode.loadContent(ctx, row);
  const { cast, standing } = await openLibrary(ctx, board.project);
  const seen = shots.map(({ id, content }) => ({ ...followed(content, standing), id }));
  return { episode, coverage: coverage(episode, seen, cast) };
}

/** What the board row says of its shots. */
export async function figures(ctx: Ctx, board: BoardOf, shots: ShotRow[]) {
  const { episode, coverage: found } = await reported(ctx, board, shots);
  const { complete, dialogue, action, issues } = found;
  return {
    shots: shots.length,
    seconds: Math.round(10 * shots.reduce((sum, { content }) => sum + content.duration, 0)) / 10,
    coverage: {
      complete,
      dialogueTotal: dialogue.total,
      dialogueOnce: dialogue.once,
      actionRatio: action.ratio,
      issues: issues.length,
    },
    unanchored: unanchored(shots, episode),
  };
}

/** The board's row after a change of its shots. */
export async function renewing(ctx: Ctx, before: BoardRow, shots: ShotRow[]): Promise<Write> {
  const next: BoardRow = {
    ...before,
    ...(await figures(ctx, before, shots)),
    version: before.version + 1,
    updatedAt: ctx.now(),
  };
  return putting(
    ctx.stores.core,
    BoardEntity.put(next).where(({ version }, { eq }) => eq(version, before.version)),
  );
}

/** What of a shot the board's row counts; a change of anything else leaves that row alone. */
const counted: readonly (keyof ShotContent)[] = ['duration', 'blocking', 'propAssetIds', 'locationAssetId'];

/**
 * The board's figures after a change of one shot's own fields; no write when none of them is counted.
 * Two people at two shots do not stand in each other's way: the figures are set, not conditioned.
 */
export async function refiguring(ctx: Ctx, shot: ShotRow, changed: readonly string[]): Promise<Write[]> {
  if (!counted.some((field) => changed.includes(field))) return [];
  const { project, episode } = readBoardId(shot.board);
  const rows = await loadShots(ctx, shot.board);
  const shots = rows.map((row) => (row.id === shot.id ? shot : row));
  const { seconds, coverage: inShort } = await figures(ctx, { project, episode }, shots);
  const key = { tenant: ctx.tenant, project, episode };
  return [patching(ctx.stores.core, BoardEntity.patch(key).set({ seconds, coverage: inShort }))];
}
