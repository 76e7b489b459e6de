// Counts for the quality report.
import type { Episode } from './schema.ts';

/** Dialogue and action elements of a script, and how much of the dialogue is by people in `known`. */
export function countElements(episodes: readonly Episode[], known: ReadonlySet<string>) {
  const counts = { dialogue: 0, action: 0, known: 0 };
  for (const episode of episodes)
    for (const scene of episode.scenes)
      for (const element of scene.elements) {
        if (element.kind === 'action') counts.action++;
        if (element.kind !== 'dialogue') continue;
        counts.dialogue++;
        if (element.speakers?.every((name) => known.has(name))) counts.known++;
      }
  return counts;
}
