// What a model answers about scenes: shots, each with the numbers of the lines it holds. Names are short for they are paid in every shot.
import * as z from 'zod';

/** What is said otherwise than asked for is not said: one wrong field does not cost the whole answer. */
const words = z.string().optional().catch(undefined);
const list = z.array(z.string()).optional().catch(undefined);

/** The prompt says what each is. */
export const Shot = z.object({
  e: z.array(z.number()),
  who: list,
  prop: list,
  cam: words,
  cut: words,
  goal: words,
  title: words,
  comp: words,
  focus: words,
  act: words,
  emo: words,
  light: words,
  air: words,
  fx: words,
  tech: words,
  beat: words,
  rhythm: words,
  sfx: words,
  amb: words,
  score: words,
  res: words,
  keep: words,
  img: words,
  imgEn: words,
  vid: words,
  vidEn: words,
  end: words,
  endEn: words,
  neg: words,
  why: words,
});
export type Shot = z.infer<typeof Shot>;

export const Answer = z.object({ shots: z.array(Shot) });
export type Answer = z.infer<typeof Answer>;

/** The answers of parts as one. */
export const joined = (answers: readonly Answer[]): Answer => ({ shots: answers.flatMap(({ shots }) => shots) });
