// What extraction would take, and what it finds as far as that is known: what models said of scenes before, else what the grammar finds.
import type { Expected } from '../ai/index.ts';
import { withAi } from '../ai/planning.ts';
import type { KnownForms } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import { inSource } from '../episode/store.ts';
import { givenFor } from '../pipeline/extraction.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Asking } from '../reader/asking.ts';
import { episodeReader } from '../reader/extract/index.ts';
import type { Document } from '../script/schema.ts';

/** One episode under its number in the project; `document` holds it alone. */
export type Cut = { readonly number: number; readonly document: Document };

export type Extracted = {
  readonly number: number;
  readonly expected: readonly Expected[];
  readonly extraction: Extraction;
  /** Nothing is left to ask, so that what follows from it is certain. */
  readonly isCertain: boolean;
};

export async function extracted(
  ctx: Ctx,
  asking: Asking,
  { number, document }: Cut,
  known: KnownForms,
): Promise<Extracted> {
  const reader = await episodeReader(withAi(ctx), { ...asking, episode: number }, givenFor(document, known));
  const { expected, value, isWhole } = await reader.foresee();
  return { number, expected, extraction: inSource(value, document.episodes[0]?.line ?? 1), isCertain: isWhole };
}
