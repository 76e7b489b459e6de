// The impact of a revision, from what is kept. Apart from its verb: it carries the readers of scripts and the storyboard's rules.
import { getLibrary } from '../asset/library.ts';
import { loadAll as loadAssets } from '../asset/store.ts';
import * as Episode from '../episode/index.ts';
import type { EpisodeRow } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { quotedScript } from '../quote/script.ts';
import { compare, successorsOf } from '../revision/compare/index.ts';
import { documentOf } from '../revision/content.ts';
import { goingOf } from '../revision/going.ts';
import { formerScript, inherited } from '../revision/inherited.ts';
import { outlineOf } from '../revision/outline.ts';
import { placing } from '../revision/placing.ts';
import { folderOf, nextNumber, type Ways } from '../revision/standing.ts';
import { loadRevision, loadScript, type RevisionRow, type ScriptRow } from '../revision/store.ts';
import { waysTo } from '../revision/ways.ts';
import type { Document } from '../script/schema.ts';
import { modelPlan } from '../task/model-plan.ts';
import { assetImpacts, type Told } from './assets.ts';
import { type Base, episodeImpacts } from './episodes.ts';
import type { AssetImpact, Impact } from './schema.ts';
import { shotImpacts } from './shots.ts';

/** Members of each list in an answer: a function hands over 6 MB. */
const most = 2000;

/** Throws what reading a revision throws, NOT_FOUND. */
export async function impactOf(ctx: Ctx, id: string, revision: number): Promise<Impact> {
  const script = await loadScript(ctx, id);
  const row = await loadRevision(ctx, id, revision);
  const document = await documentOf(ctx, row);
  const all = await episodesOf(ctx, script, row, document);
  const mine = all.filter((one) => one.script === id);
  // an older revision never takes the place of a newer one
  const isPast = mine.some((one) => one.revision > revision);
  const ways: Ways = isPast ? () => undefined : await waysTo(ctx, mine, row.documentKey ?? '', async () => document);
  const places = placing(all, id, outlineOf(document), nextNumber(ways));
  const base = await baseOf(ctx, row, Episode.inScript(mine), ways, document);
  const [assets, shots, price] = await Promise.all([
    staleAssets(ctx, script.project, Episode.inScript(all), ways, document),
    goingOf(ctx, mine, places, ways).then((going) => shotImpacts(going, document)),
    isPast
      ? null
      : quotedScript(ctx, script.project, await modelPlan(ctx, 'script_parse', {}), { document, script: id }),
  ]);
  const { counts } = base.comparison;
  const scenes = base.comparison.scenes.filter(({ status, left }) => status !== 'same' || left > 0);
  return {
    scriptId: id,
    revision,
    against: base.against,
    counts: { ...counts, shots: shots.counts },
    episodes: episodeImpacts(base, document, places),
    scenes: scenes.slice(0, most),
    renames: [...base.renames],
    assets: assets.slice(0, most),
    shots: shots.shots.slice(0, most),
    leftOff: { scenes: over(scenes), assets: over(assets), shots: over(shots.shots) },
    price,
  };
}

/** All episodes of the project, those that the work would go on from as the script's own. */
async function episodesOf(
  ctx: Ctx,
  { id, project }: ScriptRow,
  { documentKey: folder = '' }: RevisionRow,
  document: Document,
): Promise<readonly EpisodeRow[]> {
  const rows = await Episode.loadAll(ctx, project);
  const former = await formerScript(ctx, rows, { script: id, folder, load: async () => document });
  return inherited(rows, id, former);
}

const over = ({ length }: readonly unknown[]): number => Math.max(0, length - most);

/** What a revision is compared to: the document the storyboards stand on, else the last one before it that can be read, else nothing. */
async function baseOf(
  ctx: Ctx,
  row: RevisionRow,
  present: readonly EpisodeRow[],
  ways: Ways,
  document: Document,
): Promise<Base> {
  const newest = present.filter((one) => ways(one)).toSorted((a, b) => b.revision - a.revision)[0];
  const way = newest && ways(newest);
  if (newest && way) {
    const rows = present.filter((one) => folderOf(one) === folderOf(newest));
    return { against: newest.revision || null, comparison: way.comparison, renames: way.renames, rows };
  }
  for (let number = row.number - 1; number > 0; number--) {
    const before = await loadRevision(ctx, row.script, number);
    if (before.status === 'failed') continue;
    const former = await documentOf(ctx, before);
    const comparison = compare(former, document);
    const { renames } = successorsOf(former, document, comparison);
    return { against: number, comparison, renames, rows: [], former };
  }
  return { against: null, comparison: compare({ episodes: [] }, document), renames: [], rows: [] };
}

async function staleAssets(
  ctx: Ctx,
  project: string,
  present: readonly EpisodeRow[],
  ways: Ways,
  document: Document,
): Promise<AssetImpact[]> {
  if (!present.some((row) => ways(row))) return [];
  const [assets, library] = await Promise.all([loadAssets(ctx, project), getLibrary(ctx, project)]);
  const told = await Promise.all(
    present.map(async (row): Promise<Told> => {
      const mentions = (await Episode.loadExtraction(ctx, row))?.mentions ?? [];
      return { mentions, to: ways(row) };
    }),
  );
  return assetImpacts(assets, library, told, document);
}
