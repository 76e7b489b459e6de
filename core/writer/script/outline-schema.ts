// The plan of a script as it is kept.
import * as z from 'zod';

export const Outline = z.object({
  title: z.string().trim().min(1),
  logline: z.string().trim().min(1),
  cast: z.array(z.object({ name: z.string().trim().min(1), who: z.string().trim() })).min(1),
  episodes: z.array(
    z.object({ title: z.string().trim().min(1), beat: z.string().trim().min(1), hook: z.string().trim() }),
  ),
});
export type Outline = z.infer<typeof Outline>;
