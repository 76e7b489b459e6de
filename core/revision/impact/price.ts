// What models would be asked for, were the breakdown of a document begun now, and what it would cost. Asks nobody.
import { type AiCtx, modelsFor, withAi } from '../../ai/planning.ts';
import type { Expected } from '../../ai/quote.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Document } from '../../script/schema.ts';
import type { Placed } from '../placing.ts';
import type { Price } from './schema.ts';

export const nothing: Price = { lines: [], stored: { calls: 0, input: 0 }, unrouted: 0 };

/** Nothing where no model is set up: the built-in engine costs nothing. What was answered before is counted as stored, not as a cost. */
export async function priceOf(
  ctx: Ctx,
  project: string,
  document: Document,
  placed: readonly Placed[],
): Promise<Price> {
  if (!('ai' in ctx)) return nothing;
  const ai = withAi(ctx);
  if ((await modelsFor(ai, { use: 'extract' })).length === 0) return nothing;
  // loaded where there is something to price
  const { quote } = await import('../../ai/quote.ts');
  const quoted = await quote(ai, await extractionCalls(ai, project, document, placed));
  return { lines: [...quoted.lines], stored: quoted.stored, unrouted: quoted.unrouted };
}

/** The calls that read every episode: as the work itself would put them. */
async function extractionCalls(
  ctx: AiCtx,
  project: string,
  document: Document,
  placed: readonly Placed[],
): Promise<Expected[]> {
  const [{ expectedExtraction }, { extractEpisode, knownForms, verifyQuotes }, { standalone }] = await Promise.all([
    import('../../reader/extract/index.ts'),
    import('../../breakdown/index.ts'),
    import('../../script/standalone.ts'),
  ]);
  const known = knownForms(document);
  const calls = await Promise.all(
    placed.map(({ entry, number }) => {
      const episodes = document.episodes
        .filter((episode) => episode.number === entry.number)
        .map((episode) => standalone({ ...episode, number }));
      const alone = { ...document, notes: [], warnings: [], episodes };
      const found = verifyQuotes(extractEpisode(alone, number, known), alone).extraction;
      return expectedExtraction(ctx, { project, task: '', episode: number }, { document: alone, number, known, found });
    }),
  );
  return calls.flat();
}
