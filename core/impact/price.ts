// What models would be asked for, were the breakdown of a document begun now, and what it would cost. Asks nobody.
import { type AiCtx, modelsFor, type Use, withAi } from '../ai/planning.ts';
import type { Expected } from '../ai/quote.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Work } from './calls.ts';
import type { Price } from './schema.ts';

export const nothing: Price = { lines: [], stored: { calls: 0, input: 0 }, unrouted: 0 };

/** Nothing where no model is set up: the built-in engine costs nothing. What was answered before is counted as stored, not as a cost. */
export async function priceOf(ctx: Ctx, work: Work): Promise<Price> {
  if (!('ai' in ctx)) return nothing;
  const ai = withAi(ctx);
  const expected = await expectedCalls(ai, work);
  if (expected.length === 0) return nothing;
  const { quote } = await import('../ai/quote.ts');
  const { lines, stored, unrouted } = await quote(ai, expected);
  return { lines: [...lines], stored, unrouted };
}

/** Calls of the kinds of work that a model is set up for; their readers are loaded where there is one. */
async function expectedCalls(ctx: AiCtx, work: Work): Promise<Expected[]> {
  const isSetUp = async (use: Use) => (await modelsFor(ctx, { use })).length > 0;
  const [extracts, resolves, boards] = await Promise.all([
    isSetUp('extract'),
    isSetUp('resolve'),
    isSetUp('storyboard'),
  ]);
  if (!extracts && !resolves && !boards) return [];
  const { extractionCalls, resolutionCalls, storyboardCalls } = await import('./calls.ts');
  return [
    ...(extracts ? await extractionCalls(ctx, work) : []),
    ...(resolves ? await resolutionCalls(ctx, work) : []),
    ...(boards ? await storyboardCalls(ctx, work) : []),
  ];
}
