// What a model answers about subjects: a row of texts for each. Names are short for they are paid in every row.
import * as z from 'zod';

/** Texts that can be asked for; the prompt says what each is. */
export const fields = ['zh', 'en', 'tr', 'trEn', 'vid', 'vidEn', 'end', 'endEn', 'neg'] as const;
export type Field = (typeof fields)[number];

/** What is said otherwise than asked for is not said: one wrong field does not cost the whole answer. */
const words = z.string().optional().catch(undefined);

export const Texts = z.object(Object.fromEntries(fields.map((field) => [field, words])) as Record<Field, typeof words>);
export type Texts = z.infer<typeof Texts>;

/** `n`: number of the subject in its call. */
export const Row = Texts.extend({ n: z.number() });
export type Row = z.infer<typeof Row>;

export const Answer = z.object({ prompts: z.array(Row) });
export type Answer = z.infer<typeof Answer>;
