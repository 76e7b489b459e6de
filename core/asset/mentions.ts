// Mentions are found through forms: what extraction wrote is read, and belongs to whoever owns the form now.

import type { Extraction, Mention } from '../breakdown/schema.ts';
import * as Episode from '../episode/index.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { getLibrary, type LibraryRow } from './library.ts';
import type { AssetRow } from './store.ts';

/** All mentions of an asset, or those of one episode (0 = front matter), in script order. */
export async function mentionsOf(ctx: Ctx, asset: AssetRow, only?: number): Promise<Mention[]> {
  const library = await getLibrary(ctx, asset.project);
  const episodes = Episode.inScript(await Episode.loadAll(ctx, asset.project)).filter(
    ({ number }) => only === undefined || number === only,
  );
  const front = library?.frontKey && (only === undefined || only === 0) ? [library.frontKey] : [];
  const extractions = await Promise.all([
    ...front.map((key) => getJson<Extraction>(ctx, key)),
    ...episodes.map((row) => Episode.loadExtraction(ctx, row)),
  ]);
  const owns = owning(asset, library);
  return extractions.flatMap((extraction) => extraction?.mentions.filter(owns) ?? []);
}

/** Whether a mention is of this asset: by its forms, and where a form means several, by the scene. Pure. */
export function owning(
  asset: Pick<AssetRow, 'kind' | 'key' | 'forms'>,
  library: Pick<LibraryRow, 'ambiguous'> | undefined,
): (mention: Mention) => boolean {
  const forms = new Set(asset.forms.map(({ surface }) => surface));
  const ambiguous = new Map(library?.ambiguous.map(({ surface, byScene }) => [surface, byScene]));
  return ({ kind, surface, sceneId }) => {
    if (kind !== asset.kind) return false;
    const byScene = ambiguous.get(surface);
    return byScene?.[sceneId] === undefined ? forms.has(surface) : byScene[sceneId] === asset.key;
  };
}
