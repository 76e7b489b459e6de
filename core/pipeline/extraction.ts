// What an extraction of one episode comes of and how it is made: for the step that makes it, and for those who ask what it would take.
import { withAi } from '../ai/planning.ts';
import { extractEpisode, extractFrontMatter, type KnownForms, verifyQuotes } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Asking } from '../reader/asking.ts';
import type { Given } from '../reader/extract/call.ts';
import type { episodeReader } from '../reader/extract/index.ts';
import type { Document, Episode } from '../script/schema.ts';
import { standalone } from '../script/standalone.ts';
import type { Made } from './cache.ts';

export type ExtractionPlan = {
  /** What the result is remembered by. */
  readonly inputs: unknown[];
  readonly make: () => Made<Extraction> | Promise<Made<Extraction>>;
};

/** The episode that a document holds, on its own: what stands before it in the source changes nothing of what is found in it. */
function aloneIn(document: Document): { readonly episode: Episode; readonly alone: Document } {
  const [first] = document.episodes;
  if (!first) throw new TypeError('the document holds no episode');
  const episode = standalone(first);
  return { episode, alone: { ...document, episodes: [episode] } };
}

/** What the front matter of a script tells; nothing where none is kept. */
export const frontIn = (front: Document | undefined): Extraction =>
  front ? extractFrontMatter(front) : { episode: 0, mentions: [], hints: [] };

/** The episode that a document holds, and what the grammar finds in it. @param known names of the whole script. */
export function givenFor(document: Document, known: KnownForms): Given {
  const { episode, alone } = aloneIn(document);
  const { extraction: found } = verifyQuotes(extractEpisode(alone, episode.number, known), alone);
  return { document: alone, number: episode.number, known, found };
}

/**
 * @param asking absent: the built-in engine alone.
 * @param document holds the one episode.
 */
export async function extractionPlan(
  ctx: Ctx,
  asking: Asking | undefined,
  document: Document,
  known: KnownForms,
): Promise<ExtractionPlan> {
  const { episode } = aloneIn(document);
  const reader = asking && (await readerFor(withAi(ctx), asking, givenFor(document, known)));
  return {
    inputs: [episode, document.biographies, known, ...(reader?.inputs ?? [])],
    make: reader ? reader.read : () => ({ value: givenFor(document, known).found }),
  };
}

/** The reader with its prompts is loaded where a model is asked. */
const readerFor: typeof episodeReader = async (...given) =>
  (await import('../reader/extract/index.ts')).episodeReader(...given);
