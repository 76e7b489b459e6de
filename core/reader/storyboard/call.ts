// The calls that shots of scenes take. Pure, so that they can be priced without being made.
import { halved, type ObjectCall, type Part, type Wording } from '../../ai/index.ts';
import type { Asking } from '../asking.ts';
import { linesOf, written } from '../sheet.ts';
import { Answer, joined } from './answer.ts';
import { faultOf } from './check.ts';
import { toldOf } from './known.ts';
import { room } from './parts.ts';
import type { Scope } from './scope.ts';

export type Questions = { readonly asking: Asking; readonly scope: Scope; readonly wording: Wording };

/** Tokens of an answer: a shot for each line, with its prompts in two languages. */
export const expectedOutput = (part: Part, { sheet }: Scope): number => 150 + 240 * linesOf(part, sheet).length;
/** What an answer may take at first, beside what is expected: models that think do so within it. */
const spare = 2;

const languages = { zh: 'Chinese (简体中文)', en: 'English' } as const;

/** What is asked of scenes besides themselves. */
export const wordedFor = ({ scope, wording }: Omit<Questions, 'asking'>, known: string, script: string) =>
  wording({
    language: languages[scope.given.style.language],
    style: scope.given.style.visualStyle || '-',
    known,
    script,
  });

export function callOf(part: Part, questions: Questions): ObjectCall<Answer> {
  const { asking, scope } = questions;
  const sceneIds = part.scenes.map(({ id }) => id);
  return {
    ...asking,
    use: 'storyboard',
    prompt: wordedFor(questions, toldOf(sceneIds, scope), written(part, scope.sheet)),
    schema: Answer,
    schemaName: 'storyboard',
    expectedTokens: expectedOutput(part, scope),
    maxOutputTokens: expectedOutput(part, scope) * spare,
    check: (answer) => faultOf(answer, part, scope),
    split: () => {
      const parts = halved(part, room);
      return parts && { calls: parts.map((half) => callOf(half, questions)), join: joined };
    },
    // the engine's own shots stand anyway
    builtin: () => ({ shots: [] }),
  };
}
