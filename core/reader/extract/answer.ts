// What a model answers about an episode: flat rows, each with the line that shows it and the words it shows it with.
import * as z from 'zod';

/** What a row tells; the prompt says of each what `n`, `v` and `o` are. */
export const Told = z.enum([
  'form', 'look', 'trait', 'tie', 'work', 'age', 'sex', 'costume', 'prop', 'vehicle', 'creature', 'effect', 'sound', 'extra', 'place', 'not',
]); // biome-ignore format: a list

/** One row of a kind nobody asked for does not cost the whole answer: it stands in no line, and is left out and counted. */
function asRow(said: unknown): unknown {
  const { k, e, n } = (said ?? {}) as Record<string, unknown>;
  const isTold = typeof k !== 'string' || Told.safeParse(k.trim().toLowerCase()).success;
  return isTold ? said : { k: 'form', n, e, q: '' };
}

/** `e`: number of a line; `q`: words copied from it. Names are short for they are paid in every call. */
export const Row = z.preprocess(
  asRow,
  z.object({
    k: Told,
    n: z.string(),
    v: z.string().optional(),
    o: z.string().optional(),
    e: z.number(),
    q: z.string(),
  }),
);
export type Row = z.infer<typeof Row>;

export const Answer = z.object({
  facts: z.array(Row),
  prompts: z.array(z.object({ n: z.string(), zh: z.string(), en: z.string() })),
});
export type Answer = z.infer<typeof Answer>;

/** The answers of parts as one. */
export const joined = (answers: readonly Answer[]): Answer => ({
  facts: answers.flatMap(({ facts }) => facts),
  prompts: answers.flatMap(({ prompts }) => prompts),
});
