// Step 3. Resolve: who is who over the whole project; the library follows, a person's decisions are honoured.

import { decisionId, savingDecision } from '../asset/change.ts';
import { keepingLibrary } from '../asset/library.ts';
import { reconcile, rowFields } from '../asset/reconcile.ts';
import { AssetEntity, type AssetRow, type DecisionRow, loadAll, loadDecisions, saving } from '../asset/store.ts';
import { type PriorDecision, resolve as resolved } from '../breakdown/index.ts';
import type { Decision, Extraction, Resolution, Resolved } from '../breakdown/schema.ts';
import { loadAll as loadEpisodes } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import { commit, maxWrites, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { newId } from '../platform/id.ts';
import { finishStep } from '../task/advance.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { begun } from './begun.ts';
import { remembered } from './cache.ts';
import { frontMatter } from './front.ts';

export async function resolve(ctx: Ctx, input: Run): Promise<void> {
  const task = await begun(ctx, input);
  const { extractions, frontKey } = await extracted(ctx, task);
  const [assets, decisions] = await Promise.all([loadAll(ctx, task.project), loadDecisions(ctx, task.project)]);
  const prior = priorOf(decisions);
  const { value, key, cached, draft } = await remembered<Resolution>(
    ctx,
    task.project,
    'resolve',
    [extractions, prior],
    () => ({ value: resolved(extractions, prior) }),
  );
  const { ids, changed, created } = reconcile(assets, value.assets, (asset) => newRow(ctx, task.project, asset));
  const rows: Write[] = [
    ...changed.map(({ before, next }) => saving(ctx, before, next)),
    ...created.map((row) => putting(ctx.stores.core, AssetEntity.create(row))),
    ...decisionRows(ctx, task.project, value.decisions, decisions, ids),
    keepingLibrary(ctx, {
      tenant: ctx.tenant,
      project: task.project,
      frontKey,
      resolutionKey: key,
      ambiguous: value.ambiguous,
      updatedAt: ctx.now(),
    }),
  ];
  await keep(ctx, task, rows, { changed: changed.length, created: created.length });
  const step = { name: 'resolve', cached, draft };
  await finishStep(ctx, input, step, { word: 'resolved', values: { assets: value.assets.length } });
}

/** Extractions of every episode of the project that has one, and of the front matter of all its scripts. */
async function extracted(ctx: Ctx, task: TaskRow): Promise<{ extractions: Extraction[]; frontKey: string }> {
  const episodes = await loadEpisodes(ctx, task.project);
  const front = await frontMatter(ctx, task, episodes);
  const bodies = await Promise.all(
    episodes.flatMap(({ extractionKey }) => (extractionKey ? [getJson<Extraction>(ctx, extractionKey)] : [])),
  );
  return { extractions: [front.value, ...bodies.filter((body) => typeof body === 'object')], frontKey: front.key };
}

/** What people decided about pairs of forms. */
const priorOf = (decisions: DecisionRow[]): PriorDecision[] =>
  decisions
    .filter(({ status }) => status === 'accepted' || status === 'rejected')
    .map(({ kind, aForm, bForm, status }) => ({
      kind,
      a: aForm,
      b: bForm,
      outcome: status === 'accepted' ? ('accepted' as const) : ('rejected' as const),
    }))
    .sort((x, y) => (`${x.kind}${x.a}${x.b}` < `${y.kind}${y.a}${y.b}` ? -1 : 1));

function newRow(ctx: Ctx, project: string, asset: Resolved): AssetRow {
  const now = ctx.now();
  return {
    ...rowFields(asset),
    tenant: ctx.tenant,
    id: newId('ast', now),
    project,
    kind: asset.kind,
    forms: asset.forms,
    status: 'active',
    episodes: asset.episodes,
    source: 'extracted',
    key: asset.key,
    edited: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

const statusOf = { merged: 'merged', review: 'waiting', refused: 'refused' } as const;

/** Decisions of the machine as rows; those a person has taken are left alone, unchanged ones are not written again. */
function decisionRows(
  ctx: Ctx,
  project: string,
  decisions: Decision[],
  known: DecisionRow[],
  ids: ReadonlyMap<string, string>,
): Write[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return decisions.flatMap((decision) => {
    const id = decisionId(project, decision.kind, decision.a, decision.b);
    const before = byId.get(id);
    const [aAsset, bAsset] = [ids.get(decision.aKey), ids.get(decision.bKey)];
    if (before?.status === 'accepted' || before?.status === 'rejected' || !aAsset || !bAsset) return [];
    const { kind, a: aForm, b: bForm, score, evidence } = decision;
    const fields = {
      kind,
      status: statusOf[decision.outcome],
      aForm,
      bForm,
      aAsset,
      bAsset,
      score,
      evidence: evidence.slice(0, 20),
    };
    const same =
      before &&
      Object.entries(fields).every(
        ([name, value]) => JSON.stringify(before[name as keyof DecisionRow]) === JSON.stringify(value),
      );
    if (same) return [];
    return [
      savingDecision(ctx, {
        tenant: ctx.tenant,
        id,
        project,
        ...fields,
        version: (before?.version ?? 0) + 1,
        updatedAt: ctx.now(),
      }),
    ];
  });
}

/** One commit where it fits; a season's first resolution takes a few, each with its audit line. A repeated step writes what is missing. */
async function keep(ctx: Ctx, task: TaskRow, rows: Write[], after: Record<string, number>): Promise<void> {
  for (let at = 0; at < rows.length; at += maxWrites) {
    const last = at + maxWrites >= rows.length;
    await commit(ctx, {
      rows: rows.slice(at, at + maxWrites),
      audit: { object: task.project, project: task.project, after },
      facts: last ? [{ type: 'library.resolved', subject: task.project, project: task.project, detail: after }] : [],
    });
  }
}
