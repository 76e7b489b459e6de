// Step 3. Resolve: who is who over the whole project, with models for what is doubtful; the library follows, a person's decisions are honoured.

import { withAi } from '../ai/planning.ts';
import { recounted, unsettled } from '../asset/apart.ts';
import { getLibrary, keepingLibrary, type LibraryRow } from '../asset/library.ts';
import { type Reconciled, reconcile, rowFields } from '../asset/reconcile.ts';
import { mergesOf, renoting } from '../asset/standing.ts';
import { AssetEntity, type AssetRow, type DecisionRow, loadAll, loadDecisions, saving } from '../asset/store.ts';
import type { PriorDecision } from '../breakdown/index.ts';
import type { Extraction, Resolution, Resolved } from '../breakdown/schema.ts';
import { inScript, loadAll as loadEpisodes, loadExtraction } from '../episode/store.ts';
import { commit, inCommits, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { differing } from '../platform/differing.ts';
import { derivedId } from '../platform/id.ts';
import { settled } from '../platform/settled.ts';
import type { resolutionReader } from '../reader/resolve/index.ts';
import { finishStep } from '../task/advance.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { askingOf } from './asking.ts';
import { breakdownBegun } from './begun.ts';
import { contentHash, remembered } from './cache.ts';
import { decisionRows } from './decision-rows.ts';
import { frontMatter } from './front.ts';

export async function resolve(ctx: Ctx, input: Run): Promise<void> {
  const task = await breakdownBegun(ctx, input);
  const { extractions, frontKey } = await extracted(ctx, task);
  // before the assets: another resolution that changes them meanwhile changes it too
  const library = await getLibrary(ctx, task.project);
  const extractionsHash = contentHash(extractions);
  // work on storyboards alone leaves a library as it is that has heard of every episode
  if (task.order.storyboardOnly && library?.extractionsHash === extractionsHash) return left(ctx, input, task);
  const [assets, decisions] = await Promise.all([loadAll(ctx, task.project), loadDecisions(ctx, task.project)]);
  const prior = priorOf(decisions);
  const asking = askingOf(ctx, task);
  const reader = asking && (await readerFor(withAi(ctx), asking, { extractions, prior }));
  const inputs = [extractions, prior, ...(reader?.inputs ?? [])];
  const make = async () => {
    const said = await reader?.ask();
    // what was resolved before needs no engine
    const { resolve: resolved } = await import('../breakdown/index.ts');
    return { value: resolved(extractions, prior, said?.opinions), draft: said?.draft };
  };
  const { value, key, cached, draft } = await remembered<Resolution>(ctx, task.project, 'resolve', inputs, make);
  const reconciled = reconcile(assets, value.assets, (asset) => newRow(ctx, task, asset));
  const { ids, created, gone, apart } = reconciled;
  const changed = [...reconciled.changed, ...recounting(apart, extractions)];
  const rows: Write[] = [
    ...changed.map(({ before, next }) => saving(ctx, before, next)),
    ...created.map((row) => putting(ctx.stores.core, AssetEntity.create(row))),
    ...decisionRows(ctx, task.project, { resolution: value, known: decisions, ids }),
  ];
  const next: LibraryRow = {
    tenant: ctx.tenant,
    project: task.project,
    frontKey,
    resolutionKey: key,
    extractionsHash,
    ambiguous: unsettled(value.ambiguous, apart),
    version: library?.version ?? 0,
    updatedAt: ctx.now(),
  };
  const merges = await mergesOf(ctx, task.project);
  const notes = renoting(ctx, task.project, merges, { gone, there: [...ids.values()] });
  await keep(ctx, next, { rows, notes }, { changed: changed.length, created: created.length });
  // snapshot and storyboards read the library by its index
  await settled(() => loadAll(ctx, task.project), [...created, ...changed.map(({ before }) => written(before))]);
  const step = { name: 'resolve', cached, draft };
  await finishStep(ctx, input, step, { word: 'resolved', values: { assets: value.assets.length } });
}

/** What people split off is found in the script as often as it is. */
function recounting(apart: readonly AssetRow[], extractions: readonly Extraction[]): Reconciled['changed'] {
  if (apart.length === 0) return [];
  const mentions = extractions.flatMap((one) => one.mentions);
  return apart
    .map((before) => ({ before, next: differing<AssetRow>(before, recounted(before, mentions)) }))
    .filter(({ next }) => Object.keys(next).length > 0);
}

async function left(ctx: Ctx, input: Run, { project }: TaskRow): Promise<void> {
  const assets = (await loadAll(ctx, project)).filter(({ status }) => status === 'active').length;
  await finishStep(ctx, input, { name: 'resolve', cached: true }, { word: 'resolved', values: { assets } });
}

/** The reader with its prompt is loaded where a model is asked. */
const readerFor: typeof resolutionReader = async (...given) =>
  (await import('../reader/resolve/index.ts')).resolutionReader(...given);

/** Extractions of every episode in the scripts of the project that has one, and of the front matter of all its scripts. */
async function extracted(ctx: Ctx, task: TaskRow): Promise<{ extractions: Extraction[]; frontKey: string }> {
  const episodes = inScript(await loadEpisodes(ctx, task.project));
  const front = await frontMatter(ctx, task, episodes);
  const bodies = await Promise.all(episodes.map((row) => loadExtraction(ctx, row)));
  return { extractions: [front.value, ...bodies.flatMap((body) => body ?? [])], frontKey: front.key };
}

/** What people decided about pairs of forms, the latest word last. */
export const priorOf = (decisions: DecisionRow[]): PriorDecision[] =>
  decisions
    .filter(({ status }) => status === 'accepted' || status === 'rejected')
    .sort((x, y) => x.updatedAt - y.updatedAt || (x.id < y.id ? -1 : 1))
    .map(({ kind, aForm, bForm, status }) => ({
      kind,
      a: aForm,
      b: bForm,
      outcome: status === 'accepted' ? ('accepted' as const) : ('rejected' as const),
    }));

const written = ({ id, version }: AssetRow) => ({ id, version: version + 1 });

/** The row of an asset that was not there before. */
export function newRow(
  ctx: Ctx,
  { id: task, attempt, createdAt, project }: Pick<TaskRow, 'id' | 'attempt' | 'createdAt' | 'project'>,
  asset: Resolved,
): AssetRow {
  const now = ctx.now();
  return {
    ...rowFields(asset),
    tenant: ctx.tenant,
    id: derivedId('ast', createdAt, task, String(attempt), asset.kind, asset.key),
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

/**
 * One commit where it fits; a season's first resolution takes a few, each with the library's row and an audit line.
 * A repeated step writes what is missing; a step that another resolution outran begins again. `notes` go into one commit each: they are of one row.
 */
async function keep(
  ctx: Ctx,
  library: LibraryRow,
  { rows, notes }: { rows: Write[]; notes: Write[] },
  after: Record<string, number>,
): Promise<void> {
  const { project, version } = library;
  const commits = inCommits(rows);
  for (const [n, note] of notes.entries()) commits[n] = [...(commits[n] ?? []), note];
  for (const [n, some] of commits.entries())
    await commit(ctx, {
      rows: [...some, keepingLibrary(ctx, { ...library, version: version + n + 1 })],
      audit: { object: project, project, after },
      facts: n + 1 === commits.length ? [{ type: 'library.resolved', subject: project, project, detail: after }] : [],
    });
}
