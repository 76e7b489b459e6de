import * as z from 'zod';
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { everything, pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Project from '../project/index.ts';
import { findDecision, markingUndone, notingChange, savingDecision } from './change.ts';
import { takingName } from './names.ts';
import { isByRunsAlone, partedAgain } from './outlived.ts';
import { Asset, AssetId, type Change, ChangePage, ListChanges } from './schema.ts';
import {
  type AssetRow,
  ChangeEntity,
  type ChangeRow,
  type DecisionRow,
  load,
  saving,
  shown,
  stateOf,
} from './store.ts';

export const changes = verb({
  name: 'asset.changes',
  summary:
    'Merges and splits of a project, newest first; each can be undone while nobody changed its assets since; runs do not stand in the way of a merge.',
  needs: 'asset:read',
  input: ListChanges,
  output: ChangePage,
  run: async (ctx, { projectId, ...page }) => {
    await Project.load(ctx, projectId);
    const query = ChangeEntity.query.ofProject({ tenant: ctx.tenant, project: projectId });
    const on = { query, reader: ChangeEntity, about: `asset.changes|${projectId}`, order: 'desc' as const };
    const { items, ...rest } = await pageThrough<ChangeRow>(ctx, on, page);
    return { ...rest, items: items.map(shownChange) };
  },
});

export const undo = verb({
  name: 'asset.undo',
  summary: 'Takes a merge or split back: the assets are as they were before it, with what runs found since.',
  needs: 'asset:write',
  input: AssetId,
  output: z.object({ assets: z.array(Asset) }),
  run: async (ctx, { id }) => {
    const change = await loadChange(ctx, id);
    if (change.undone) throw new Failure('NOTHING_TO_UNDO');
    const current = await Promise.all(change.after.map((after) => load(ctx, after.id)));
    const moved = current.find((row) => stateOf(row) !== change.after.find((after) => after.id === row.id)?.version);
    const outlived = moved && (await apartFrom(ctx, change, current));
    if (moved && !outlived)
      throw new Failure('CONFLICT', {
        reason: words(
          `“${moved.name}”在此之后又有改动，请先撤销后面的改动；若不能撤销，请改为${change.kind === 'merge' ? '拆分' : '合并'}`,
          `${moved.name} was changed after this; undo the later change first, or, where it cannot be undone, ${change.kind === 'merge' ? 'split' : 'merge'} it instead`,
        ),
        asset_id: moved.id,
      });
    const restored = outlived ?? current.map((row) => ({ row, next: formerly(change, row) }));
    const back = restored.filter(({ row, next }) => row.status !== 'active' && next.status === 'active');
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        ...restored.map(({ row, next }) => saving(ctx, row, next, now)),
        ...(await Promise.all(back.map(({ row }) => takingName(ctx, row)))),
        markingUndone(ctx, change),
        ...(await decisionsBack(ctx, change)),
        ...notingChange(ctx, 'DELETE', change),
      ],
      audit: { object: id, project: change.project, before: { kind: change.kind }, after: { undone: true } },
      facts: [
        {
          type: 'asset.undone',
          subject: id,
          project: change.project,
          detail: { assets: current.map((row) => row.id) },
        },
      ],
    });
    const stand = restored.map(({ row, next }) => ({ ...row, ...next, version: row.version + 1, updatedAt: now }));
    return { assets: stand.map(shown) };
  },
});

/** A merge taken back where runs alone went on from it: what the two become. Undefined where a person changed one of them since. */
async function apartFrom(ctx: Ctx, change: ChangeRow, current: readonly AssetRow[]) {
  const [into, other] = change.before;
  const [now, merged] = [into, other].map((before) => current.find(({ id }) => id === before?.id));
  if (change.kind !== 'merge' || !into || !other || !now || !merged) return undefined;
  if (merged.status !== 'merged' || merged.mergedInto !== into.id) return undefined;
  if (!isByRunsAlone({ into, other, now })) return undefined;
  const later = ChangeEntity.query.ofProject({ tenant: ctx.tenant, project: change.project }).gt({ id: change.id });
  const isAbout = ({ undone, after }: ChangeRow) =>
    !undone && after.some(({ id }) => id === into.id || id === other.id);
  if ((await everything<ChangeRow>(ctx, later, ChangeEntity)).some(isAbout)) return undefined;
  const next = partedAgain({ into, other, now });
  return [
    { row: now, next: next.into },
    { row: merged, next: next.other },
  ];
}

/** The row as it was. A record of it leaves out what it did not have. */
const formerly = (change: ChangeRow, row: AssetRow): Partial<AssetRow> => {
  const before = change.before.find(({ id }) => id === row.id);
  if (!before) return { status: 'deleted' };
  const { mergedInto, parent, promptBy } = before;
  return { ...before, mergedInto, parent, promptBy, restored: stateOf(before) };
};

/** Decisions as they were before. */
async function decisionsBack(ctx: Ctx, change: ChangeRow): Promise<Write[]> {
  const writes = change.decisions.map(async ({ id, before }) => {
    const now = await findDecision(ctx, id);
    const former = before ?? unsaid(change);
    return now ? [savingDecision(ctx, { ...now, ...former, version: now.version + 1, updatedAt: ctx.now() })] : [];
  });
  return (await Promise.all(writes)).flat();
}

/** A decision that the change itself made: a merge waits for a person again, and what was split is one. */
function unsaid({ kind, after }: ChangeRow): Partial<DecisionRow> {
  const [aAsset = '', bAsset = aAsset] = after.map(({ id }) => id);
  return kind === 'merge'
    ? { status: 'waiting', aAsset, bAsset }
    : { status: 'merged', aAsset, bAsset: aAsset, score: 1 };
}

async function loadChange(ctx: Ctx, id: string): Promise<ChangeRow> {
  const { data } = await ChangeEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as ChangeRow;
}

const shownChange = ({ id, project, kind, after, undone, by, at }: ChangeRow): Change => ({
  id,
  projectId: project,
  kind,
  assetIds: after.map((row) => row.id),
  undone,
  by,
  at,
});
