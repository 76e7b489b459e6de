// The review queue: what resolution doubts waits here for a person.
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt, notFound } from '../platform/failure.ts';
import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
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
    const [a, b] = await Promise.all([standing(ctx, row.aAsset), standing(ctx, row.bAsset)]);
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
    const next = decided(ctx, before, 'rejected', before);
    await commit(ctx, {
      rows: [savingDecision(ctx, next)],
      audit: { object: id, project: before.project, before: { status: before.status }, after: { status: 'rejected' } },
      facts: [{ type: 'decision.taken', subject: id, project: before.project, detail: { status: 'rejected' } }],
    });
    return shownDecision(next, new Map());
  },
});

async function waiting(ctx: Ctx, id: string, version?: number): Promise<DecisionRow> {
  const row = await findDecision(ctx, id);
  if (!row) throw notFound();
  await Project.load(ctx, row.project);
  mustBeAt(row, version);
  if (row.status !== 'waiting') throw new Failure('ALREADY_DECIDED', { outcome: row.status });
  return row;
}

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
