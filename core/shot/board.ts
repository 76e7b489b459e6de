// The storyboard's own row follows its shots: count, seconds, coverage in short.

import * as Episode from '../episode/index.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Coverage } from '../storyboard/coverage/report.ts';
import { coverage, unanchored } from '../storyboard/index.ts';
import { followed } from './followed.ts';
import { type Library, openLibrary } from './library-cast.ts';
import { BoardEntity, type BoardRow, type ShotRow } from './store.ts';

/** The coverage report of a storyboard, computed from the script and the shots as they stand. */
export const report = async (ctx: Ctx, board: BoardOf, shots: ShotRow[]): Promise<Coverage> =>
  (await reported(ctx, board, shots)).coverage;

type BoardOf = Pick<BoardRow, 'project' | 'episode'>;

async function reported(ctx: Ctx, board: BoardOf, shots: ShotRow[], library?: Library) {
  const row = await Episode.load(ctx, board.project, board.episode);
  const { episode } = await Episode.loadContent(ctx, row);
  const { cast, standing } = library ?? (await openLibrary(ctx, board.project));
  const seen = shots.map(({ id, content }) => ({ ...followed(content, standing), id }));
  return { episode, coverage: coverage(episode, seen, cast) };
}

/** What the board row says of its shots. @param library where it is open already. */
export async function figures(ctx: Ctx, board: BoardOf, shots: ShotRow[], library?: Library) {
  const { episode, coverage: found } = await reported(ctx, board, shots, library);
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
