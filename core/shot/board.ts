// The storyboard's own row follows its shots: count, seconds, coverage in short.

import * as Episode from '../episode/index.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { coverage } from '../storyboard/index.ts';
import type { Coverage } from '../storyboard/schema.ts';
import { libraryCast } from './library-cast.ts';
import { BoardEntity, type BoardRow, type ShotRow } from './store.ts';

/** The coverage report of a storyboard, computed from the script and the shots as they stand. */
export async function report(
  ctx: Ctx,
  board: Pick<BoardRow, 'project' | 'episode'>,
  shots: ShotRow[],
): Promise<Coverage> {
  const row = await Episode.load(ctx, board.project, board.episode);
  const { episode } = await Episode.loadContent(ctx, row);
  return coverage(
    episode,
    shots.map(({ id, content }) => ({ ...content, id })),
    await libraryCast(ctx, board.project),
  );
}

/** What the board row says of its shots. */
export const summary = (shots: ShotRow[], { complete, dialogue, action, issues }: Coverage) => ({
  shots: shots.length,
  seconds: Math.round(10 * shots.reduce((sum, { content }) => sum + content.duration, 0)) / 10,
  coverage: {
    complete,
    dialogueTotal: dialogue.total,
    dialogueOnce: dialogue.once,
    actionRatio: action.ratio,
    issues: issues.length,
  },
});

/** The board's row after a change of its shots. */
export async function renewing(ctx: Ctx, before: BoardRow, shots: ShotRow[]): Promise<Write> {
  const next: BoardRow = {
    ...before,
    ...summary(shots, await report(ctx, before, shots)),
    version: before.version + 1,
    updatedAt: ctx.now(),
  };
  return putting(
    ctx.stores.core,
    BoardEntity.put(next).where(({ version }, { eq }) => eq(version, before.version)),
  );
}
