// How storyboards are kept: one row for the board, one per shot. A shot's id names its project, so that one request finds it;
// a rank orders the shots, so that inserting or moving one writes one row.
import { Entity } from 'electrodb';
import { type MergesRow, mergesKey, type Standing, standingOf } from '../asset/standing.ts';
import type { PromptBy } from '../breakdown/schema.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import { derivedId, newId } from '../platform/id.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import { type RowKey, together } from '../platform/together.ts';
import { load as loadProject, mustBeKept, projectKey } from '../project/store.ts';
import type { ShotContent } from '../storyboard/schema.ts';
import { followed } from './followed.ts';
import type { Shot, Storyboard } from './schema.ts';

export type BoardRow = {
  tenant: string;
  project: string;
  episode: number;
  snapshot?: string | undefined;
  shots: number;
  seconds: number;
  coverage: Storyboard['coverage'];
  unanchored: Storyboard['unanchored'];
  version: number;
  updatedAt: number;
};

export const BoardEntity = new Entity({
  model: { entity: 'storyboard', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    project: text,
    episode: { type: 'number', required: true, padding: { length: 6, char: '0' } },
    snapshot: { type: 'string' },
    shots: number,
    seconds: number,
    coverage: { type: 'any', required: true },
    unanchored: { type: 'any', required: true },
    version: number,
    updatedAt: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: {
        field: 'sk',
        composite: ['project', 'episode'],
        template: 'STORYBOARD#${project}#${episode}',
        casing: 'none',
      },
    },
  },
});

export type ShotRow = {
  tenant: string;
  /** `sbd_<project ulid>_<episode>` */
  board: string;
  id: string;
  rank: string;
  /** Key given by the composer; a re-run finds the shot again by it. Empty for shots a person made. */
  key: string;
  content: ShotContent;
  locked: boolean;
  edited: boolean;
  /** A person gave it its place. */
  moved?: boolean | undefined;
  /** The work that took the shot over to a newer revision last. */
  takenOver?: string | undefined;
  /** Who wrote its prompts after it was made. */
  promptBy?: PromptBy | undefined;
  status: Shot['status'];
  note: string;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const ShotEntity = new Entity({
  model: { entity: 'shot', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    board: text,
    id: text,
    rank: text,
    key: { type: 'string' },
    // One string instead of some eighty nested values: a page of shots is read and written several times faster.
    content: { type: 'any', required: true, set: (value) => JSON.stringify(value), get: (value) => JSON.parse(value) },
    locked: { type: 'boolean', required: true },
    edited: { type: 'boolean', required: true },
    moved: { type: 'boolean' },
    takenOver: { type: 'string' },
    promptBy: { type: 'string' },
    status: text,
    note: { type: 'string' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'SHOT#${id}', casing: 'none' } },
    ofBoard: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['tenant', 'board'], template: 'T#${tenant}#SB#${board}', casing: 'none' },
      sk: { field: 'gsi1sk', composite: ['rank', 'id'], template: '${rank}#${id}', casing: 'none' },
    },
  },
});

/** `sbd_<ulid of the project>_<episode>` */
export const boardId = (project: string, episode: number): string => `sbd_${project.slice(4)}_${episode}`;

/** Project and episode behind a storyboard id. Throws NOT_FOUND for anything else. */
export function readBoardId(id: string): { project: string; episode: number } {
  const [, ulid, digits] = /^sbd_([0-9a-z]{26})_(\d{1,6})$/.exec(id) ?? [];
  if (!ulid || !digits) throw notFound();
  return { project: `prj_${ulid}`, episode: Number(digits) };
}

/** The merges that concern the shots of a storyboard. Throws NOT_FOUND when the id is none or its project is deleted. */
export async function standingOn(ctx: Ctx, board: string): Promise<Standing> {
  const { project } = readBoardId(board);
  const [merges = {}, owner] = await together(ctx.stores.core, [mergesKey(ctx, project), projectKey(ctx, project)]);
  mustBeKept(ctx, project, owner);
  return standingOf(merges as MergesRow);
}

/** The storyboard's row. Throws NOT_FOUND, for one of a deleted project too. */
export async function loadBoard(ctx: Ctx, project: string, episode: number): Promise<BoardRow> {
  const [row] = await Promise.all([findBoard(ctx, project, episode), loadProject(ctx, project)]);
  if (!row) throw notFound();
  return row;
}

export async function findBoard(ctx: Ctx, project: string, episode: number): Promise<BoardRow | undefined> {
  const { data } = await BoardEntity.get({ tenant: ctx.tenant, project, episode }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  return (data as BoardRow | null) ?? undefined;
}

/** The shot's row, whatever became of its project; undefined when there is none. */
export async function findShot(ctx: Ctx, id: string): Promise<ShotRow | undefined> {
  const { data } = await ShotEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as ShotRow | null) ?? undefined;
}

/** The same. Throws NOT_FOUND. */
export async function loadShot(ctx: Ctx, id: string): Promise<ShotRow> {
  const row = await findShot(ctx, id);
  if (!row) throw notFound();
  return row;
}

/** `sht_<ulid of the project>_<ulid>` */
const shotId = (board: string, own: string): string => `sht_${board.slice(4, 30)}_${own.slice(4)}`;

export const newShotId = (board: string, now: number): string => shotId(board, newId('sht', now));

/** The id of a shot that work makes: the same when the work is begun again. */
export const derivedShotId = (board: string, at: number, ...parts: string[]): string =>
  shotId(board, derivedId('sht', at, board, ...parts));

/** The shot's row and the merges to follow in it, in one request. Throws NOT_FOUND, for one of a deleted project too. */
export async function openShot(ctx: Ctx, id: string): Promise<{ shot: ShotRow; standing: Standing }> {
  const [, ulid] = /^sht_([0-9a-z]{26})_[0-9a-z]{26}$/.exec(id) ?? [];
  if (!ulid) throw notFound();
  const project = `prj_${ulid}`;
  const [Item, merges = {}, owner] = await together(ctx.stores.core, [
    keyOf(ctx, id),
    mergesKey(ctx, project),
    projectKey(ctx, project),
  ]);
  mustBeKept(ctx, project, owner);
  if (!Item) throw notFound();
  return { shot: ShotEntity.parse({ Item }).data as ShotRow, standing: standingOf(merges as MergesRow) };
}

const keyOf = (ctx: Ctx, id: string): RowKey =>
  ShotEntity.get({ tenant: ctx.tenant, id }).params<{ Key: RowKey }>({ table: ctx.stores.core.table }).Key;

export const shotsOf = (ctx: Ctx, board: string) => ShotEntity.query.ofBoard({ tenant: ctx.tenant, board });

/** All shots of a storyboard, in order. */
export const loadShots = (ctx: Ctx, board: string): Promise<ShotRow[]> =>
  everything<ShotRow>(ctx, shotsOf(ctx, board), ShotEntity);

/** Rows that an index answered, as they stand; those that are gone are left out. */
export async function asTheyStand(ctx: Ctx, shots: readonly ShotRow[]): Promise<ShotRow[]> {
  const keys = shots.map(({ id }) => keyOf(ctx, id));
  const rows: ShotRow[] = [];
  for (let at = 0; at < keys.length; at += 100)
    for (const Item of await together(ctx.stores.core, keys.slice(at, at + 100)))
      if (Item) rows.push(ShotEntity.parse({ Item }).data as ShotRow);
  return rows;
}

/** The next state of a shot, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const savingShot = (ctx: Ctx, before: ShotRow, next: Partial<ShotRow>, now = ctx.now()): Write =>
  putting(
    ctx.stores.core,
    ShotEntity.put({ ...before, ...next, version: before.version + 1, updatedAt: now }).where(({ version }, { eq }) =>
      eq(version, before.version),
    ),
  );

/** A shot as the API shows it, merged assets followed; `position` counts from 1 where the caller knows it. */
export const shownShot = (
  { tenant: _t, key: _k, takenOver: _o, moved: _m, board, content, ...row }: ShotRow,
  standing: Standing,
  position: number | null = null,
): Shot => ({
  ...followed(content, standing),
  ...row,
  promptBy: row.promptBy ?? null,
  storyboardId: board,
  number: position,
});
