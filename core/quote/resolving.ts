// What resolution would take, and the library it would leave.
import type { Expected } from '../ai/index.ts';
import { withAi } from '../ai/planning.ts';
import { unsettled } from '../asset/apart.ts';
import { reconcile } from '../asset/reconcile.ts';
import { type AssetRow, loadAll, loadDecisions } from '../asset/store.ts';
import { resolve } from '../breakdown/index.ts';
import type { Extraction, Resolution } from '../breakdown/schema.ts';
import { recalled } from '../pipeline/cache.ts';
import { newRow, priorOf } from '../pipeline/resolve.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Asking } from '../reader/asking.ts';
import { resolutionReader } from '../reader/resolve/index.ts';
import { castOf } from '../shot/library-cast.ts';
import type { CastOfScene } from '../storyboard/schema.ts';

export type ResolvedLibrary = {
  readonly expected: readonly Expected[];
  readonly cast: CastOfScene;
  readonly isCertain: boolean;
};

/** @param extractions of the front matter and of all episodes of the project, in order. */
export async function resolvedLibrary(ctx: Ctx, asking: Asking, extractions: Extraction[]): Promise<ResolvedLibrary> {
  const { project } = asking;
  const [assets, decisions] = await Promise.all([loadAll(ctx, project), loadDecisions(ctx, project)]);
  const given = { extractions, prior: priorOf(decisions) };
  const reader = await resolutionReader(withAi(ctx), asking, given);
  const before = await recalled<Resolution>(ctx, project, 'resolve', [extractions, given.prior, ...reader.inputs]);
  const value = before ?? resolve(extractions, given.prior, await reader.recall());
  const isCertain = before !== undefined || reader.expected.length === 0;
  return { expected: reader.expected, cast: castAfter(ctx, project, assets, value), isCertain };
}

/** Everybody and everything a shot could refer to after this resolution. */
function castAfter(ctx: Ctx, project: string, assets: AssetRow[], value: Resolution): CastOfScene {
  const task = { id: 'quote', attempt: 1, createdAt: ctx.now(), project };
  const { changed, created, apart } = reconcile(assets, value.assets, (asset) => newRow(ctx, task, asset));
  const next = new Map(changed.map((one) => [one.before.id, { ...one.before, ...one.next }]));
  return castOf([...assets.map((row) => next.get(row.id) ?? row), ...created], {
    ambiguous: unsettled(value.ambiguous, apart),
  });
}
