// The assets and shots that prompts are asked for, as they stand.
import { mustBeActive } from '../../asset/asset.ts';
import { type AssetRow, loadAll, load as loadAsset } from '../../asset/store.ts';
import * as Episode from '../../episode/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, notFound } from '../../platform/failure.ts';
import { boardId, loadBoard, loadShots, openShot, readBoardId, type ShotRow } from '../../shot/store.ts';
import type { PromptBrief } from './brief.ts';
import { isPictured, targetsIn } from './pictured.ts';

export type Rows = { readonly assets: readonly AssetRow[]; readonly shots: readonly ShotRow[] };

/**
 * Throws NOT_FOUND for what is not in the project, ASSET_DELETED, CONFLICT for a merged asset, EPISODE_REMOVED, NOTHING_TO_PROMPT where
 * nothing can be pictured.
 */
export async function rowsFor(ctx: Ctx, project: string, brief: PromptBrief): Promise<Rows> {
  const isBulk = brief.assets.length + brief.shots.length === 0;
  const found = isBulk ? await allOf(ctx, project, brief) : await namedOf(ctx, project, brief);
  const rows = {
    assets: found.assets.filter(isPictured),
    shots: found.shots.filter(({ content }) => targetsIn(content, brief.targets).length > 0),
  };
  if (rows.assets.length + rows.shots.length === 0) throw new Failure('NOTHING_TO_PROMPT');
  await mustBeInScript(ctx, project, rows.shots);
  return rows;
}

/** The storyboard of an episode that left its script is kept to be read. */
async function mustBeInScript(ctx: Ctx, project: string, shots: readonly ShotRow[]): Promise<void> {
  const numbers = new Set(shots.map(({ board }) => readBoardId(board).episode));
  await Promise.all([...numbers].map((number) => Episode.loadInScript(ctx, Episode.episodeId(project, number))));
}

async function namedOf(ctx: Ctx, project: string, { assets, shots }: PromptBrief): Promise<Rows> {
  const [assetRows, shotRows] = await Promise.all([
    Promise.all(assets.map((id) => loadAsset(ctx, id))),
    Promise.all(shots.map(async (id) => (await openShot(ctx, id)).shot)),
  ]);
  if (assetRows.some((row) => row.project !== project)) throw notFound();
  if (shotRows.some(({ board }) => readBoardId(board).project !== project)) throw notFound();
  for (const row of assetRows) mustBeActive(row);
  return { assets: assetRows, shots: shotRows };
}

async function allOf(ctx: Ctx, project: string, { kind, episode }: PromptBrief): Promise<Rows> {
  if (kind === undefined && episode !== undefined) {
    await loadBoard(ctx, project, episode);
    return { assets: [], shots: await loadShots(ctx, boardId(project, episode)) };
  }
  const all = await loadAll(ctx, project);
  const assets = all.filter(
    (row) => row.status === 'active' && row.kind === kind && (episode === undefined || row.episodes.includes(episode)),
  );
  return { assets, shots: [] };
}
