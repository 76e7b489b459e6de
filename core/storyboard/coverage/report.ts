// What the coverage check answers.
import * as z from 'zod';

/** One problem found by the coverage check, with the element or shot it is about. */
export const CoverageIssue = z.object({
  code: z.enum([
    'dialogue_missing',
    'dialogue_twice',
    'dialogue_altered',
    'order',
    'action_missing',
    'unknown_element',
    'unknown_asset',
    'wrong_place',
    'speaker_absent',
    'crosses_scene',
    'too_long',
    'too_short',
    'scene_missing',
  ]),
  elementId: z.string(),
  shotId: z.string(),
  message: z.string(),
});
export type CoverageIssue = z.infer<typeof CoverageIssue>;

export const Coverage = z.object({
  dialogue: z.object({ total: z.int(), once: z.int(), missing: z.int(), twice: z.int(), altered: z.int() }),
  action: z.object({ total: z.int(), covered: z.int(), ratio: z.number() }),
  order: z.object({ total: z.int(), backwards: z.int() }),
  references: z.object({ total: z.int(), invalid: z.int() }),
  scenes: z.object({ total: z.int(), covered: z.int() }),
  duration: z.object({
    seconds: z.number(),
    shots: z.int(),
    median: z.number(),
    longest: z.number(),
    tooLong: z.int(),
    tooShort: z.int(),
  }),
  sizes: z.object({
    entropy: z.number(),
    mostUsed: z.string(),
    mostShare: z.number(),
    counts: z.record(z.string(), z.int()),
  }),
  unsourced: z.object({ shots: z.int(), ratio: z.number() }),
  jumpCuts: z.object({ cuts: z.int(), jumps: z.int(), ratio: z.number() }),
  lineCrossings: z.int(),
  speakerVisible: z.number(),
  complete: z.boolean(), // every dialogue line exactly once, in order, unaltered
  issues: z.array(CoverageIssue),
});
export type Coverage = z.infer<typeof Coverage>;
