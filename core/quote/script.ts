// The calls of a whole breakdown: every episode extracted, the project resolved, every episode boarded.
import { withAi } from '../ai/planning.ts';
import { knownForms } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import { type EpisodeRow, inScript, loadAll, loadExtraction } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import * as Project from '../project/index.ts';
import type { Asking } from '../reader/asking.ts';
import { boardReader } from '../reader/storyboard/index.ts';
import { formerScript, inherited } from '../revision/inherited.ts';
import { outlineOf } from '../revision/outline.ts';
import { placing } from '../revision/placing.ts';
import { holding } from '../script/standalone.ts';
import { castIn, styleOf } from '../storyboard/index.ts';
import type { ModelPlan } from '../task/model-plan.ts';
import { type Cut, type Extracted, extracted } from './extracting.ts';
import { frontOf } from './front.ts';
import { type Forecast, quoted } from './quoted.ts';
import { resolvedLibrary } from './resolving.ts';
import type { Quote } from './schema.ts';
import type { Source } from './source.ts';

/** What the breakdown of a script would take, begun now with this plan. Asks nobody and writes nothing. */
export const quotedScript = (ctx: Ctx, project: string, plan: ModelPlan, source: Source): Promise<Quote> =>
  quoted(ctx, { project, plan, episodes: source.document.episodes.length }, (asking) =>
    forecastScript(ctx, asking, source),
  );

async function forecastScript(ctx: Ctx, asking: Asking, source: Source): Promise<Forecast> {
  const rows = await rowsFor(ctx, asking.project, source);
  const present = inScript(rows);
  const others = present.filter(({ script }) => script !== (source.script ?? ''));
  const cuts = cutsOf(source, rows);
  const known = knownForms(source.document);
  const episodes: Extracted[] = [];
  for (const cut of cuts) episodes.push(await extracted(ctx, asking, cut, known));
  const front = await frontOf(ctx, present, { script: source.script ?? '', document: source.document });
  const extractions = [front, ...(await inOrder(ctx, episodes, others))];
  const { expected, cast, isCertain } = await resolvedLibrary(ctx, asking, extractions);
  const project = await Project.load(ctx, asking.project);
  const boards = await Promise.all(
    cuts.map(async ({ number, document }) => {
      const [episode] = document.episodes;
      const given = { episode: episode!, cast: castIn(episode!, cast), style: styleOf(project, document.language) };
      return (await boardReader(withAi(ctx), { ...asking, episode: number }, given)).expected();
    }),
  );
  return {
    expected: [...episodes.flatMap((one) => one.expected), ...expected, ...boards.flat()],
    estimated: !isCertain || episodes.some((one) => !one.isCertain),
  };
}

/** All episodes of the project, those that the work would go on from as the script's own. */
async function rowsFor(ctx: Ctx, project: string, { document, script = '' }: Source): Promise<readonly EpisodeRow[]> {
  const rows = await loadAll(ctx, project);
  const former = await formerScript(ctx, rows, { script, folder: '', load: async () => document });
  return inherited(rows, script, former);
}

/** The document cut by episode, each under the number it has or would get in the project. @param rows all of the project. */
function cutsOf({ document, script = '' }: Source, rows: readonly EpisodeRow[]): Cut[] {
  const { placed } = placing(rows, script, outlineOf(document), () => undefined);
  const numbers = new Map(placed.map(({ entry, number }) => [entry.number, number]));
  return document.episodes.map((episode) => {
    const number = numbers.get(episode.number) ?? episode.number;
    return { number, document: holding({ ...episode, number }, document) };
  });
}

async function inOrder(ctx: Ctx, episodes: readonly Extracted[], others: readonly EpisodeRow[]): Promise<Extraction[]> {
  const stored = await Promise.all(others.map(async (row) => ({ number: row.number, extraction: await loadExtraction(ctx, row) }))); // biome-ignore format: one thought
  return [...episodes, ...stored].toSorted((a, b) => a.number - b.number).flatMap(({ extraction }) => extraction ?? []);
}
