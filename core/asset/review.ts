// The review queue: what resolution doubts waits here for a person.
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt, notFound } from '../platform/failure.ts';
import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Project from '../project/index.ts';
import { decided, findDecision, savingDecision } from './change.ts';
import { mergeInto } from './merge.ts';
import { Asset, Decision, DecisionPage, ListDecisions, Versioned } from './schema.ts';
import { type AssetRow, DecisionEntity, type DecisionRow, load, loadAll, shown } from './store.ts';

export const decisions = verb({
  name: 'decision.list',
  summary: 'Proposals to merge two assets, with score and quoted evidence; by default those that wait.',
  needs: 'asset:read',
  input: ListDecisions,
  output: DecisionPage,
  run: async (ctx, { projectId, status, ...page }) => {
    await Project.load(ctx, projectId);
    const query = DecisionEntity.query.ofProject({ tenant: ctx.tenant, project: projectId }).begins({ status });
    const on = { query, reader: DecisionEntity, about: `decision.list|${projectId}|${status}` };
    const { items, ...rest } = await pageThrough<DecisionRow>(ctx, on, page);
    const names = new Map((await loadAll(ctx, projectId)).map((asset) => [asset.id, asset.name]));
    return { ...rest, items: items.map((row) => shownDecision(row, names)) };
  },
});

export const accept = verb({
  name: 'decision.accept',
  summary: 'Accepts a proposal: the two assets are merged.',
  needs: 'asset:write',
  input: Versioned,
  output: Asset,
  run: async (ctx, { id, version }) => {
    const row = await waiting(ctx, id, version);
    const [a, b] = await sides(ctx, row);
    // other merges made them one meanwhile
    if (a.id === b.id) {
      await deciding(ctx, row, 'accepted');
      return shown(a);
    }
    const [into, other] = a.episodes.length >= b.episodes.length ? [a, b] : [b, a];
    return shown(await mergeInto(ctx, into, other, { aForm: row.aForm, bForm: row.bForm }));
  },
});

export const reject = verb({
  name: 'decision.reject',
  summary: 'Rejects a proposal: the two stay apart, in later runs too.',
  needs: 'asset:write',
  input: Versioned,
  output: Decision,
  run: async (ctx, { id, version }) => {
    const before = await waiting(ctx, id, version);
    const [a, b] = await sides(ctx, before);
    if (a.id === b.id)
      throw new Failure('CONFLICT', {
        reason: words(
          `两者已合并为“${a.name}”，请改为拆分该资产或撤销合并`,
          `both are ${a.name} by now; split that asset or undo the merge instead`,
        ),
        asset_id: a.id,
      });
    return shownDecision(await deciding(ctx, before, 'rejected'), new Map());
  },
});

/** Keeps a person's word where no asset changes. */
async function deciding(ctx: Ctx, before: DecisionRow, status: 'accepted' | 'rejected'): Promise<DecisionRow> {
  const { id, project } = before;
  const next = decided(ctx, before, status, before);
  await commit(ctx, {
    rows: [savingDecision(ctx, next)],
    audit: { object: id, project, before: { status: before.status }, after: { status } },
    facts: [{ type: 'decision.taken', subject: id, project, detail: { status } }],
  });
  return next;
}

async function waiting(ctx: Ctx, id: string, version?: number): Promise<DecisionRow> {
  const row = await findDecision(ctx, id);
  if (!row) throw notFound();
  await Project.load(ctx, row.project);
  mustBeAt(row, version);
  if (row.status !== 'waiting') throw new Failure('ALREADY_DECIDED', { outcome: row.status });
  return row;
}

const sides = (ctx: Ctx, { aAsset, bAsset }: DecisionRow) =>
  Promise.all([standing(ctx, aAsset), standing(ctx, bAsset)]);

/** The asset that now stands for an id: merges are followed. */
async function standing(ctx: Ctx, id: string): Promise<AssetRow> {
  const row = await load(ctx, id);
  return row.mergedInto ? standing(ctx, row.mergedInto) : row;
}

const shownDecision = (row: DecisionRow, names: ReadonlyMap<string, string>): Decision => ({
  id: row.id,
  projectId: row.project,
  kind: row.kind,
  status: row.status,
  a: { form: row.aForm, assetId: row.aAsset, name: names.get(row.aAsset) ?? row.aForm },
  b: { form: row.bForm, assetId: row.bAsset, name: names.get(row.bAsset) ?? row.bForm },
  score: row.score,
  evidence: row.evidence,
  version: row.version,
});
