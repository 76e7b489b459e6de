// A slug line that says 同上 where the place belongs: 1-2 同上 夜 内, 地点：同上.
import type { Episode } from '../../schema.ts';

const SAME_PLACE = /^同[上前]一?场?景?$/;

/** Whether the word says that something is as it was in the scene above. */
export const isSamePlace = (word: string) => SAME_PLACE.test(word);

/** Gives each scene whose place is 同上 the place of the scene before it, in place; none when nothing stands before. */
export function carryPlaces(episodes: readonly Episode[]): void {
  let before = '';
  for (const scene of episodes.flatMap(({ scenes }) => scenes)) {
    if (isSamePlace(scene.location)) scene.location = before;
    before = scene.location;
  }
}
