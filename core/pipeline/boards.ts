// The rows of storyboards follow when shots went from one episode to another, or the text they are of changed.
import { isDeepStrictEqual } from 'node:util';
import { commit, putting, removing } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { figures } from '../shot/board.ts';
import { openLibrary } from '../shot/library-cast.ts';
import { BoardEntity, type BoardRow, boardId, findBoard, loadShots } from '../shot/store.ts';

/** Counts the storyboards of these episodes anew; one without shots is no more, and one that tells the same already is left alone. */
export async function renewBoards(ctx: Ctx, project: string, numbers: ReadonlySet<number>): Promise<void> {
  const library = await openLibrary(ctx, project);
  for (const episode of numbers) {
    const [shots, before] = await Promise.all([
      loadShots(ctx, boardId(project, episode)),
      findBoard(ctx, project, episode),
    ]);
    const key = { tenant: ctx.tenant, project, episode };
    if (shots.length === 0) {
      if (before) await commit(ctx, { rows: [removing(ctx.stores.core, BoardEntity.delete(key))] });
      continue;
    }
    const next: BoardRow = {
      ...key,
      snapshot: before?.snapshot,
      ...(await figures(ctx, { project, episode }, shots, library)),
      version: (before?.version ?? 0) + 1,
      updatedAt: ctx.now(),
    };
    if (before && isDeepStrictEqual({ ...next, version: before.version, updatedAt: before.updatedAt }, before))
      continue;
    const put = before
      ? BoardEntity.put(next).where(({ version }, { eq }) => eq(version, before.version))
      : BoardEntity.create(next);
    await commit(ctx, { rows: [putting(ctx.stores.core, put)] });
  }
}
