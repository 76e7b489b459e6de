// What the work keeps of itself: which prompts are written together, and what came of each part.
import * as z from 'zod';

/** Ids that are asked about together; `episode` 0: assets. */
const PromptPart = z.object({ episode: z.int(), ids: z.array(z.string()) });
export type PromptPart = z.infer<typeof PromptPart>;

export const PromptPlan = z.object({
  parts: z.array(PromptPart),
  /** How many are left as they are, for people locked them or wrote them. */
  locked: z.int(),
  edited: z.int(),
});
export type PromptPlan = z.infer<typeof PromptPlan>;

/** Of a part: prompts that are there, those that stand as the engine's draft, and those that people took hold of meanwhile. */
export const PromptCount = z.object({ written: z.int(), drafted: z.int(), held: z.int() });
export type PromptCount = z.infer<typeof PromptCount>;
