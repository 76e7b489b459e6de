// An edit of the order or the cut of a storyboard: its rows, the board's row, audit and fact in one commit.

import { again } from '../platform/again.ts';
import { commit, maxWrites, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { EventType } from '../platform/event.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { matching } from '../platform/settled.ts';
import { words } from '../platform/words.ts';
import { type Edit, type NewShot, ordered } from '../storyboard/index.ts';
import { renewing } from './board.ts';
import type { Shot } from './schema.ts';
import {
  asTheyStand,
  type BoardRow,
  boardId,
  loadBoard,
  loadShot,
  loadShots,
  newShotId,
  readBoardId,
  ShotEntity,
  type ShotRow,
  savingShot,
  shownShot,
  standingOn,
} from './store.ts';

export type Editing = { readonly board: BoardRow; readonly shots: ShotRow[] };

/** A storyboard with all its shots in order, from its own id. Throws NOT_FOUND. */
export async function openBoard(ctx: Ctx, id: string): Promise<Editing> {
  const { project, episode } = readBoardId(id);
  // right behind another edit the index may not show its shots yet, or may show them as they were; amid others' edits the row may be behind
  const { board, shots } = await matching(
    async () => ({ board: await loadBoard(ctx, project, episode), shots: await loadShots(ctx, id) }),
    (read) => read.shots.length === read.board.shots,
  );
  return { board, shots: ordered(await asTheyStand(ctx, shots)) };
}

/** The storyboard a shot belongs to. Throws NOT_FOUND; STALE_VERSION when `version` is not the shot's. */
export async function openBoardOf(ctx: Ctx, shotId: string, version: number | undefined): Promise<Editing> {
  const shot = await loadShot(ctx, shotId);
  mustBeAt(shot, version);
  return openBoard(ctx, shot.board);
}

/**
 * Opens a storyboard, decides on an edit of it and commits it, until nobody outruns that: who edits beside it stands in nobody's way. Answers
 * the shots it made or changed, in order, with their places. Throws what opening and deciding throw; BUSY when others keep being faster.
 */
export async function edited(
  ctx: Ctx,
  open: () => Promise<Editing>,
  decide: (editing: Editing) => Edit<ShotRow> | Promise<Edit<ShotRow>>,
  fact: EventType,
): Promise<Shot[]> {
  const done = await again(async () => {
    // the version that somebody saw is told him, not tried again
    const editing = await open().catch(staleShot);
    return editing instanceof Failure ? editing : apply(ctx, editing, await decide(editing), fact);
  }, mostTries);
  if (done instanceof Failure) throw done;
  return done;
}

/** Ten people at one storyboard settle well within this. */
const mostTries = 20;

/** The refusal of a shot that is not what it was; anything else is thrown on. */
export function staleShot(error: unknown): Failure {
  if (error instanceof Failure && error.code === 'STALE_VERSION') return error;
  throw error;
}

/** Commits an edit. Answers the shots it made or changed. Throws BUSY when one of its rows, or the board's, was changed meanwhile. */
async function apply(ctx: Ctx, { board, shots }: Editing, decided: Edit<ShotRow>, fact: EventType): Promise<Shot[]> {
  const id = boardId(board.project, board.episode);
  const now = ctx.now();
  const edit = { ...decided, update: decided.update.map((row) => ({ ...row, updatedAt: now })) };
  const inserted = edit.insert.map((shot) => newShot(ctx, id, shot));
  const rows = [
    ...inserted.map((row) => putting(ctx.stores.core, ShotEntity.create(row))),
    ...edit.update.map((row) => savingShot(ctx, former(shots, row.id), row, now)),
    ...edit.remove.map((row) => removingShot(ctx, row)),
  ];
  if (rows.length === 0) return [];
  if (rows.length >= maxWrites)
    throw new Failure('SHOT_REFUSED', {
      reason: words('一次改动的镜头过多，请分次修改', 'too many shots change at once; edit a smaller part'),
    });
  const after = applied(shots, inserted, edit);
  await commit(ctx, {
    rows: [...rows, await renewing(ctx, board, after)].map((row) => ({ ...row, refused: () => new Failure('BUSY') })),
    audit: {
      object: id,
      project: board.project,
      before: { shots: shots.length },
      after: { inserted: ids(inserted), updated: ids(edit.update), removed: ids(edit.remove) },
    },
    facts: [
      {
        type: fact,
        subject: id,
        project: board.project,
        detail: { shots: ids([...inserted, ...edit.update, ...edit.remove]) },
      },
    ],
  });
  const standing = await standingOn(ctx, id);
  const touched = new Set(ids([...inserted, ...edit.update]));
  return after.flatMap((row, index) => (touched.has(row.id) ? [shownShot(row, standing, index + 1)] : []));
}

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

function former(shots: ShotRow[], id: string): ShotRow {
  const row = shots.find((shot) => shot.id === id);
  if (!row) throw new Failure('NOT_FOUND');
  return row;
}

/** A row for a shot that did not exist. */
export function newShot(ctx: Ctx, board: string, shot: NewShot, id?: string): ShotRow {
  const now = ctx.now();
  return {
    ...shot,
    tenant: ctx.tenant,
    board,
    id: id ?? newShotId(board, now),
    status: 'draft',
    note: '',
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

export const removingShot = (ctx: Ctx, { id, version: known }: ShotRow): Write =>
  removing(
    ctx.stores.core,
    ShotEntity.delete({ tenant: ctx.tenant, id }).where(({ version }, { eq }) => eq(version, known)),
  );

/** All shots as they stand after an edit, in order. */
export function applied(
  shots: ShotRow[],
  inserted: ShotRow[],
  edit: Pick<Edit<ShotRow>, 'update' | 'remove'>,
): ShotRow[] {
  const gone = new Set(ids(edit.remove));
  const updated = new Map(edit.update.map((row) => [row.id, { ...row, version: row.version + 1 }]));
  const kept = shots.filter(({ id }) => !gone.has(id)).map((row) => updated.get(row.id) ?? row);
  return ordered([...kept, ...inserted]);
}
