// What a model is asked to say of one form, and what is made of it.
import * as z from 'zod';
import type { By } from '../../ai/index.ts';
import type { Opinion } from '../../breakdown/index.ts';
import type { Question } from './question.ts';

export const Answers = z.object({
  answers: z.array(
    z.object({
      who: z.string(),
      why: z.string(),
      lines: z.array(z.number()),
      is: z.enum(['same', 'different', 'unsure']),
    }),
  ),
});
export type Answers = z.infer<typeof Answers>;

/** A reason as it is kept and shown; models that say more are cut, not refused. */
const longestReason = 200;

/** What is missing in an answer, in words for the model; undefined when nothing is. */
export function faultOf({ answers }: Answers, { candidates }: Question): string | undefined {
  const missing = candidates.filter(({ letter }) => !answers.some(({ who }) => letterOf(who) === letter));
  return missing.length > 0 ? `No answer for ${missing.map(({ letter }) => letter).join(', ')}.` : undefined;
}

/**
 * The answers as opinions. Letters and line numbers that were not given are dropped; who answers a letter in two ways is unsure of it, and
 * so is who says "same" and rests it on no line.
 */
export function opinionsFrom({ answers }: Answers, { doubt, candidates, lines }: Question, by: By): Opinion[] {
  return candidates.map(({ letter, form }): Opinion => {
    const said = answers.filter(({ who }) => letterOf(who) === letter);
    const [first] = said;
    const numbers = new Set(said.flatMap((one) => one.lines));
    const quotes = lines
      .filter((_, at) => numbers.has(at + 1))
      .map(({ quote, line, episode }) => ({ quote, line, episode }));
    const isOne = said.every(({ is }) => is === first?.is);
    const answer = !first || !isOne || (first.is === 'same' && quotes.length === 0) ? 'unsure' : first.is;
    return {
      kind: doubt.kind,
      a: doubt.about.form,
      b: form,
      answer,
      by: { provider: by.provider, model: by.model },
      reason: first?.why.trim().slice(0, longestReason) ?? '',
      quotes,
    };
  });
}

/** `A`, `a`, `A.`, `A 李玄策`: the letter of a candidate. */
function letterOf(who: string): string {
  return /^\s*\(?([A-Za-z])(?![A-Za-z])/.exec(who)?.[1]?.toUpperCase() ?? '';
}
