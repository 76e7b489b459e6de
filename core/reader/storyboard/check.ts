// When an answer as a whole is sent back, with the fault in words for the model: most lines in no shot, or all in one. Pure.
import type { Part } from '../../ai/index.ts';
import { isSeen, isSpoken } from '../../storyboard/index.ts';
import { linesOf } from '../sheet.ts';
import type { Answer } from './answer.ts';
import type { Scope } from './scope.ts';
import { mostLines } from './share.ts';

const mostShown = 30;

/** The fault, or undefined. Lines left out here and there are put back without asking; a scene alone that is not told is the engine's own. */
export function faultOf({ shots }: Answer, part: Part, { sheet }: Scope): string | undefined {
  const held = new Set(shots.flatMap(({ e }) => e));
  const lines = linesOf(part, sheet).filter(({ element }) => isSpoken(element) || isSeen(element));
  const missing = lines.filter(({ number }) => !held.has(number)).map(({ number }) => number);
  if (missing.length * 2 > lines.length)
    return `These lines are in no shot: ${missing.slice(0, mostShown).join(' ')}${missing.length > mostShown ? ' …' : ''}. Every line must be in one.`;
  const told = shots.filter(({ e }) => e.length > 0).length;
  if (told * mostLines < lines.length)
    return `${told} shots for ${lines.length} lines; a shot holds one to three lines.`;
  return undefined;
}
