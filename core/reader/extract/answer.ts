// What a model answers about an episode: flat rows, each with the line that shows it and the words it shows it with.
import * as z from 'zod';

/** What a row tells; the prompt says of each what `n`, `v` and `o` are. */
export const Told = z.enum([
  'form', 'look', 'trait', 'tie', 'work', 'age', 'sex', 'costume', 'prop', 'vehicle', 'creature', 'effect', 'sound', 'extra', 'place', 'not',
]); // biome-ignore format: a list

/** Stands in no line, and is left out and counted. */
const nothing = { k: 'form', n: '', e: 0, q: '' };

/**
 * One row that cannot be read does not cost the whole answer. Of a number of a line the first digits count (`12-13`, `第12行`): it says where
 * words are looked for first, and they are looked for everywhere.
 */
function asRow(said: unknown): unknown {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return nothing;
  const { k, n, v, o, e, q } = said as Record<string, unknown>;
  const isTold = typeof k !== 'string' || Told.safeParse(k.trim().toLowerCase()).success;
  if (!isTold) return { ...nothing, n, e: numberIn(e) };
  // two names are not one
  if ([n, q].some(isSeveral)) return nothing;
  const words = Array.isArray(v) && v.every((one) => typeof one === 'string') ? v.join('、') : v;
  return { ...said, e: numberIn(e), v: words ?? undefined, o: isSeveral(o) ? undefined : (o ?? undefined) };
}

const isSeveral = (said: unknown): boolean => Array.isArray(said) && said.length > 1;

const numberIn = (e: unknown): number =>
  typeof e === 'number' ? e : Number(/\d+/.exec(String(e).normalize('NFKC'))?.[0] ?? 0);

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
