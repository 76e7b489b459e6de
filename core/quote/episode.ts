// The calls of one episode's extraction, and of the resolution of its project after it.
import type { KnownForms } from '../breakdown/index.ts';
import { type EpisodeRow, inScript, loadAll, loadContent, loadExtraction } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import type { Asking } from '../reader/asking.ts';
import { loadRevision } from '../revision/store.ts';
import { extracted } from './extracting.ts';
import { frontOf } from './front.ts';
import type { Forecast } from './quoted.ts';
import { resolvedLibrary } from './resolving.ts';

export async function forecastEpisode(ctx: Ctx, asking: Asking, row: EpisodeRow): Promise<Forecast> {
  const [{ document }, { documentKey: folder = '' }, rows] = await Promise.all([
    loadContent(ctx, row),
    loadRevision(ctx, row.script, row.revision),
    loadAll(ctx, asking.project),
  ]);
  const known = await getJson<KnownForms>(ctx, `${folder}/known.json`);
  if (!known) throw notFound();
  const own = await extracted(ctx, asking, { number: row.number, document }, known);
  const present = inScript(rows);
  const front = await frontOf(ctx, present, { script: row.script, folder });
  const bodies = await Promise.all(
    present.map(async (one) => (one.number === row.number ? own.extraction : loadExtraction(ctx, one))),
  );
  const extractions = [front, ...bodies.flatMap((body) => body ?? [])];
  const { expected, isCertain } = await resolvedLibrary(ctx, asking, extractions);
  return { expected: [...own.expected, ...expected], estimated: !(isCertain && own.isCertain) };
}
