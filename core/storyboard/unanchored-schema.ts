// What a person worked on and a newer script has no place for: told of storyboards, and before there is one.
import * as z from 'zod';

/**
 * A shot a person worked on that is not wholly at home in the script, and the elements it lost. `part`: it still covers others; `words`: it
 * covers nothing any more; `scene`: it stands on no words, and its scene is gone.
 */
export const Unanchored = z.object({
  shotId: z.string(),
  elementIds: z.array(z.string()),
  reason: z.enum(['words', 'part', 'scene']),
});
export type Unanchored = z.infer<typeof Unanchored>;
