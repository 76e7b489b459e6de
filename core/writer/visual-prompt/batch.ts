// Which subjects are asked about together. Pure.
import { estimateTokens } from '../../ai/index.ts';
import type { Subject } from './subject.ts';

/**
 * Tokens of facts and of answers in one call. An answer of 3,600 tokens is written in less than a minute and fits the models that end at
 * 8,192 with room to think.
 */
const room = { input: 4000, output: 3600 } as const;

/** Tokens a text will have, by field: two sentences and a half. */
const lengths = { zh: 90, en: 75, vid: 80, vidEn: 70, end: 80, endEn: 70, tr: 24, trEn: 24, neg: 16 } as const;
const around = 16;

/** Tokens of the answer about a subject, about. */
export const outputOf = ({ wanted }: Pick<Subject, 'wanted'>): number =>
  wanted.reduce((sum, field) => sum + lengths[field], around);

/** Tokens of what is told of a subject, and of its people. */
const inputOf = ({ facts, people, wanted }: Subject): number =>
  around + estimateTokens([facts, ...wanted, ...people.map(({ name, told }) => name + told)].join('\n'));

/** All subjects, each once, in order, in as few calls as they fit into. One too large for any is alone. */
export function batched<T extends Subject>(subjects: readonly T[]): T[][] {
  const batches: T[][] = [];
  let [input, output] = [0, 0];
  for (const subject of subjects) {
    const last = batches.at(-1);
    const next = [input + inputOf(subject), output + outputOf(subject)] as const;
    if (last && next[0] <= room.input && next[1] <= room.output) {
      last.push(subject);
      [input, output] = next;
    } else {
      batches.push([subject]);
      [input, output] = [inputOf(subject), outputOf(subject)];
    }
  }
  return batches;
}
