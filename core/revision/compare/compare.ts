// Two parsed scripts side by side.
import type { Document } from '../../script/schema.ts';
import { Keys, sheetOf } from './digest.ts';
import { counted, episodesOf, isScene, listed } from './listing.ts';
import { pairing } from './pairing.ts';
import type { Comparison } from './schema.ts';

/**
 * Compares two documents scene by scene and element by element. Pure and near-linear in their length.
 * Every scene and every element of both is in the answer exactly once; `compare(b, a)` is `compare(a, b)` with the sides turned.
 */
export function compare(before: Pick<Document, 'episodes'>, after: Pick<Document, 'episodes'>): Comparison {
  const keys = new Keys();
  const [a, b] = [sheetOf(before, keys), sheetOf(after, keys)];
  const found = pairing(a, b);
  const { scenes, elements } = listed(a, b, found);
  const filmed = scenes.filter(isScene);
  return {
    episodes: episodesOf(a, b, found, scenes),
    scenes: filmed,
    elements,
    counts: { scenes: counted(filmed), elements: counted(elements) },
  };
}
