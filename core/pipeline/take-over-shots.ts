// Shots go to the episodes and scenes their words stand in now, under their own ids.
import { isDeepStrictEqual } from 'node:util';
import type { EpisodeRow } from '../episode/store.ts';
import { commit, inCommits } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { settled } from '../platform/settled.ts';
import { goingOf } from '../revision/going.ts';
import { folderOf } from '../revision/standing.ts';
import { boardId, loadShots, type ShotRow, savingShot } from '../shot/store.ts';
import type { TaskRow } from '../task/store.ts';
import type { Change } from './episodes.ts';

/** Numbers of the episodes whose storyboards lost or gained shots. */
type Regrouped = ReadonlySet<number>;

/**
 * Writes the shots in terms of the new document. Each is marked as taken over, so that a step begun again takes none over twice.
 * Answers the episodes whose storyboards are made of other shots now.
 */
export async function takeOverShots(ctx: Ctx, task: TaskRow, { mine: rows, places, ways }: Change): Promise<Regrouped> {
  const mark = (row: EpisodeRow) => `${task.id} ${folderOf(row).split('/').at(-1)}`;
  const marks = new Set(rows.map(mark));
  const regrouped = new Set<number>();
  const isTaken = (shot: ShotRow, { number }: EpisodeRow): boolean => {
    const isMarked = marks.has(shot.takenOver ?? '');
    if (isMarked) regrouped.add(number);
    return isMarked;
  };
  const going = await goingOf(ctx, rows, places, ways, isTaken);
  const writes = going.flatMap(({ before, row, from, number }) => {
    const next = { ...row, board: boardId(task.project, number), takenOver: mark(from) };
    if (number !== from.number) for (const one of [number, from.number]) regrouped.add(one);
    else if (isUnchanged(before, next)) return [];
    return [{ next, write: savingShot(ctx, before, next) }];
  });
  for (const some of inCommits(writes.map(({ write }) => write)))
    if (some.length > 0)
      await commit(ctx, {
        rows: some,
        audit: {
          object: task.script,
          project: task.project,
          after: { revision: task.revision, shots: some.length },
        },
      });
  for (const [board, shots] of Map.groupBy(writes, ({ next }) => next.board))
    await settled(
      () => loadShots(ctx, board),
      shots.map(({ next }) => ({ id: next.id, version: next.version + 1 })),
    );
  return regrouped;
}

const isUnchanged = (before: ShotRow, next: ShotRow): boolean =>
  next.key === before.key && next.rank === before.rank && isDeepStrictEqual(next.content, before.content);
