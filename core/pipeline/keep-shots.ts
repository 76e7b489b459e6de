// What was composed becomes rows: generated shots are replaced, those that are people's stay.

import { commit, inCommits, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Episode } from '../script/schema.ts';
import { applied, newShot, removingShot } from '../shot/apply.ts';
import { figures } from '../shot/board.ts';
import { promptByOf, withPrompts } from '../shot/prompted.ts';
import {
  BoardEntity,
  type BoardRow,
  boardId,
  derivedShotId,
  findBoard,
  loadShots,
  ShotEntity,
  type ShotRow,
  savingShot,
} from '../shot/store.ts';
import { snapshotId } from '../snapshot/store.ts';
import { type NewShot, replaceGenerated } from '../storyboard/index.ts';
import type { ComposedShot } from '../storyboard/schema.ts';
import type { BreakdownRow } from './begun.ts';

/**
 * Brings the rows to what was composed. Repeated after a crash it finds its own rows by their keys and changes nothing twice;
 * whoever else changes the storyboard meanwhile outruns it, and the step begins again.
 */
export async function keepShots(
  ctx: Ctx,
  task: BreakdownRow,
  episode: Episode,
  composed: readonly ComposedShot[],
): Promise<void> {
  const { number } = episode;
  const board = boardId(task.project, number);
  // before the shots: every edit of their order changes it too
  const before = await findBoard(ctx, task.project, number);
  const existing = await loadShots(ctx, board);
  const { sceneId } = task.order;
  const order = episode.scenes.flatMap(({ elements }) => elements.map((element) => element.id));
  // regenerating one scene: the others are held as they are, nor are pictures added to them that the script does not tell
  const byKey = new Map(existing.map((row) => [row.key, row]));
  const wanted = composed
    .filter((shot) => sceneId === undefined || shot.sceneId === sceneId || isTold(shot))
    .map((shot) => withPrompts(shot, byKey.get(shot.key)));
  const { insert, update, remove } = replaceGenerated(existing, wanted, order, sceneId);
  const byId = new Map(existing.map((row) => [row.id, row]));
  const updated = update.map((row) => {
    const known = byId.get(row.id) ?? row;
    return { ...row, promptBy: promptByOf(row, known) };
  });
  const inserted = named(task, board, insert).map(([id, shot]) => newShot(ctx, board, shot, id));
  const rows: Write[] = [
    ...inserted.map((row) => putting(ctx.stores.core, ShotEntity.create(row))),
    ...updated.flatMap((row) => {
      const known = byId.get(row.id);
      return known ? [savingShot(ctx, known, row)] : [];
    }),
    ...remove.map((row) => removingShot(ctx, row)),
  ];
  const shots = applied(existing, inserted, { update: updated, remove });
  await keep(ctx, rows, before, await nextBoard(ctx, task, number, shots));
}

const isTold = ({ elementIds, lines }: ComposedShot): boolean => elementIds.length + lines.length > 0;

/** Ids of the shots to add: the same when the attempt begins the step again. */
function named({ id: task, attempt, createdAt }: BreakdownRow, board: string, shots: NewShot[]): [string, NewShot][] {
  const seen = new Map<string, number>();
  return shots.map((shot) => {
    const count = (seen.get(shot.key) ?? 0) + 1;
    seen.set(shot.key, count);
    return [derivedShotId(board, createdAt, task, String(attempt), shot.key, String(count)), shot];
  });
}

/** The storyboard's row as it will be; its version is given by the commits. */
async function nextBoard(
  ctx: Ctx,
  task: BreakdownRow,
  episode: number,
  shots: ShotRow[],
): Promise<Omit<BoardRow, 'version'>> {
  return {
    tenant: ctx.tenant,
    project: task.project,
    episode,
    snapshot: snapshotId(task.id, task.attempt),
    ...(await figures(ctx, { project: task.project, episode }, shots)),
    updatedAt: ctx.now(),
  };
}

/** One commit where it fits. Each carries the storyboard's row, so that two writers never mix; before the last it does not count as complete. */
async function keep(
  ctx: Ctx,
  rows: Write[],
  before: BoardRow | undefined,
  board: Omit<BoardRow, 'version'>,
): Promise<void> {
  const { project, episode, shots, coverage } = board;
  const id = boardId(project, episode);
  const commits = inCommits(rows);
  for (const [n, some] of commits.entries()) {
    const isLast = n + 1 === commits.length;
    const state = isLast ? board : { ...board, coverage: { ...coverage, complete: false } };
    const version = (before?.version ?? 0) + n + 1;
    const row = savingBoard(ctx, { ...state, version });
    await commit(ctx, {
      rows: [...some, row],
      ...(isLast && {
        audit: { object: id, project, before: { shots: before?.shots ?? 0 }, after: { shots } },
        facts: [
          {
            type: 'storyboard.composed',
            subject: id,
            project,
            detail: { episode, shots, complete: coverage.complete },
          },
        ],
      }),
    });
  }
}

/** The storyboard's row, on condition that nobody wrote it meanwhile. */
const savingBoard = (ctx: Ctx, next: BoardRow): Write => {
  const put = BoardEntity.put(next).where(({ version }, { eq, notExists }) =>
    next.version === 1 ? notExists(version) : eq(version, next.version - 1),
  );
  return putting(ctx.stores.core, put);
};
