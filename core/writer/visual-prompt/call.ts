// The calls that prompts of subjects take. Pure, so that they can be priced without being made.
import type { ObjectCall, Wording } from '../../ai/index.ts';
import type { Asking } from '../../reader/asking.ts';
import type { StyleOptions } from '../../storyboard/index.ts';
import { Answer } from './answer.ts';
import { outputOf } from './batch.ts';
import { faultOf } from './check.ts';
import { flat } from './ground.ts';
import type { Subject } from './subject.ts';

export type Questions = {
  readonly asking: Asking;
  readonly wording: Wording;
  readonly style: StyleOptions;
  /** What a person asks for besides; '' for nothing. */
  readonly wish: string;
};

/** Tokens the answer about these will probably have. */
export const expectedOutput = (subjects: readonly Subject[]): number =>
  subjects.reduce((sum, subject) => sum + outputOf(subject), 40);
/** What an answer may take at first, beside what is expected: models that think do so within it. */
const spare = 2;

const languages = { zh: 'Chinese (简体中文)', en: 'English' } as const;

/** How subjects are asked about. */
export function wordedFor({ wording, style, wish }: Omit<Questions, 'asking'>, subjects: readonly Subject[]) {
  const people = new Map(subjects.flatMap((subject) => subject.people.map(({ name, told }) => [name, told] as const)));
  return wording({
    language: languages[style.language],
    style: [style.visualStyle, style.aspect].filter(Boolean).join(', '),
    wish: flat(wish) || '-',
    people: [...people].map(([name, told]) => `${name}: ${told || '-'}`).join('\n') || '-',
    subjects: subjects.map(({ facts, wanted }, at) => `#${at + 1} [${wanted.join(' ')}]\n${facts}`).join('\n'),
  });
}

/** @param strict every subject must be answered as it should, not only most. */
export function callOf(subjects: readonly Subject[], questions: Questions, strict: boolean): ObjectCall<Answer> {
  const { asking, style } = questions;
  return {
    ...asking,
    use: 'write',
    prompt: wordedFor(questions, subjects),
    schema: Answer,
    schemaName: 'visual_prompts',
    maxOutputTokens: 400 + expectedOutput(subjects) * spare,
    check: (answer) => faultOf(answer, subjects, style.language, strict),
    split: () => {
      if (subjects.length < 2) return undefined;
      const middle = Math.ceil(subjects.length / 2);
      const halves = [subjects.slice(0, middle), subjects.slice(middle)];
      return {
        calls: halves.map((half) => callOf(half, questions, strict)),
        join: (answers) => joined(answers, middle),
      };
    },
    // the engine's own prompts fill what is empty
    builtin: () => ({ prompts: [] }),
  };
}

/** The answers about both halves as one; the second counts from 1 too. */
const joined = ([first, second]: readonly Answer[], middle: number): Answer => ({
  prompts: [...(first?.prompts ?? []), ...(second?.prompts ?? []).map((row) => ({ ...row, n: row.n + middle }))],
});
