// An older revision never takes the place of a newer one.
import type { EpisodeRow } from '../episode/store.ts';
import { Failure } from '../platform/failure.ts';
import type { Order, TaskRow } from './store.ts';

/** Throws REVISION_OVERTAKEN when an episode the work is about was broken down from a newer revision of its script meanwhile. */
export function mustBeNewest(
  { script, revision, order }: Pick<TaskRow, 'script' | 'revision'> & { readonly order: Order },
  episodes: readonly EpisodeRow[],
): void {
  const isAsked = ({ number }: EpisodeRow) => order.episodes.length === 0 || order.episodes.includes(number);
  if (episodes.some((row) => row.script === script && row.revision > revision && isAsked(row)))
    throw new Failure('REVISION_OVERTAKEN');
}
