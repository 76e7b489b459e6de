// Episodes that are no longer in their script are kept to be read, each with its storyboard.
import { EpisodeEntity } from '../episode/store.ts';
import { commit, putting, removing } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { BoardEntity, findBoard } from '../shot/store.ts';
import type { TaskRow } from '../task/store.ts';
import { type Change, replacing } from './episodes.ts';

/** Keeps them under their numbers, or under others where an episode of the script has theirs now. Repeated, it changes nothing. */
export async function keepLeft(ctx: Ctx, task: TaskRow, { places, rows }: Change): Promise<void> {
  const { core } = ctx.stores;
  for (const { row, number } of places.left) {
    const there = rows.find((other) => other.number === number);
    if (there?.removedIn !== undefined) continue;
    const next = { ...row, number, removedIn: task.revision, version: (there?.version ?? 0) + 1, updatedAt: ctx.now() };
    const board = there ? undefined : await findBoard(ctx, task.project, row.number);
    await commit(ctx, {
      rows: [
        putting(core, there ? replacing(next, there) : EpisodeEntity.create(next)),
        ...(board ? [putting(core, BoardEntity.put({ ...board, episode: number, version: 1 }))] : []),
      ],
      audit: {
        object: task.script,
        project: task.project,
        before: { episode: row.number, title: row.title },
        after: { episode: number, removed_in: task.revision },
      },
    });
  }
}

/** Where an episode's number is nobody's any more, it has no storyboard either. */
export async function clearVacated(ctx: Ctx, task: TaskRow, { places }: Change): Promise<void> {
  for (const { number: episode } of places.vacated) {
    const gone = BoardEntity.delete({ tenant: ctx.tenant, project: task.project, episode });
    await commit(ctx, { rows: [removing(ctx.stores.core, gone)] });
  }
}
