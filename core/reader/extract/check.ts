// When an answer as a whole is sent back, with the fault in words for the model: another language, people and quotes made up, nothing said. Pure.
import type { Part } from '../../ai/index.ts';
import { linesOf } from '../sheet.ts';
import type { Answer } from './answer.ts';
import type { Scope } from './draft.ts';
import { type Dropped, readingOf } from './reading.ts';

const names = { zh: 'Chinese', en: 'English' } as const;
/** So many lines hold something that grammar does not say. */
const leastLines = 8;
const mostShown = 5;

/** The fault, or undefined. Single rows that do not stand are no fault of the whole; more than half of them are. */
export function faultOf(answer: Answer, part: Part, scope: Scope): string | undefined {
  if (answer.facts.length === 0)
    return linesOf(part, scope.sheet).length >= leastLines
      ? 'facts is empty; the lines show people and places.'
      : undefined;
  const { dropped } = readingOf(answer, scope);
  if (dropped.length * 2 <= answer.facts.length) return undefined;
  const of = (why: Dropped['why']) => dropped.filter((one) => one.why === why);
  const foreign = of('language').length > 0 ? [`Write v in ${names[scope.language]}, the language of the script.`] : [];
  return [
    ...foreign,
    ...told(
      'These q stand in no line; copy the words exactly',
      of('quote').map(({ row }) => row.q),
    ),
    ...told(
      'Nobody and nothing in the lines is called',
      of('name').map(({ row }) => (row.v && row.k === 'form' ? `${row.n} / ${row.v}` : row.n)),
    ),
  ].join('\n');
}

const told = (what: string, which: readonly string[]): string[] =>
  which.length === 0 ? [] : [`${what}: ${[...new Set(which)].slice(0, mostShown).map((one) => JSON.stringify(one.slice(0, 40))).join(', ')}`]; // biome-ignore format: one thought
