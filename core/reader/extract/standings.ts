// Every line a name that a model brought in stands in: how often it is there tells what it weighs. Pure.
import { FormFinder } from '../../breakdown/index.ts';
import type { Scope } from './draft.ts';
import { formIn, type Named, type Place, placeIn } from './evidence.ts';

/** Places of the name in all lines, the one it was found in included. Inside a longer form that was found it does not stand. */
export function standings(first: Named, { found, sheet }: Pick<Scope, 'found' | 'sheet'>): Place[] {
  const { surface } = first;
  const longer = found.mentions.map((mention) => mention.surface).filter((form) => form.length > surface.length);
  const finder = new FormFinder([surface, ...longer]);
  const find = /\p{Script=Han}/u.test(surface)
    ? (text: string) => finder.all(text).find(({ form }) => form === surface)?.form
    : (text: string) => formIn(surface, text);
  const places = sheet.lines.flatMap((line) => placeIn(line, find) ?? []);
  return places.some(({ line }) => line === first.line) ? places : [first, ...places];
}
