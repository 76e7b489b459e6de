// A quote: what work with models would take before it is begun.
import * as z from 'zod';
import { uses } from '../ai/planning.ts';

const sum = {
  calls: z.int(),
  /** Tokens, about. */
  input: z.int(),
  output: z.int(),
  /** Millionths of CNY, probably; null where the price of a model is not known, which is not nothing. */
  micros: z.int().nullable(),
};

const Line = z.object({
  use: z.enum(uses),
  /** Null for work over the whole project. */
  episode: z.int().nullable(),
  provider: z.string(),
  model: z.string(),
  /** Whose key would run. */
  mode: z.enum(['platform', 'byok']),
  ...sum,
  /** Millionths of CNY, if every answer were as long as it may be. */
  most: z.int().nullable(),
});

const Notice = z.object({ code: z.string(), message: z.string() });

export const Quote = z.object({
  /** As a start would have it: `builtin`, `auto` or a provider. */
  provider: z.string(),
  episodes: z.int(),
  /** Calls that would be made, by kind of work, episode and model. */
  lines: z.array(Line),
  total: z.object({ ...sum, most: z.int().nullable() }),
  /** Calls that are spared, for their answers are there. */
  stored: z.object(sum),
  cap: z.object({
    /** What the task could spend, in millionths of CNY; null with the built-in engine. */
    micros: z.int().nullable(),
    /** With so much it does not stop for money, unless answers must be asked for again. */
    advised: z.int().nullable(),
    /** Whether `micros` covers the most it can cost; null where that is not known. */
    enough: z.boolean().nullable(),
  }),
  /** What to know before it is begun. */
  notices: z.array(Notice),
});
export type Quote = z.infer<typeof Quote>;
