// What a shot cites, each piece with what it is in the newer script.
import type { Stand, Successors } from '../../revision/compare/index.ts';
import { citedId, isGone } from '../citation.ts';
import type { Mark } from '../kept.ts';
import type { ShotRow } from '../order.ts';
import type { Line } from '../parts.ts';
import type { ShotContent } from '../schema.ts';

export type Shot = Pick<ShotRow, 'key' | 'content'> & Mark;

/** An element the shot shows, or (with `line`) a line it says; `stands` is undefined when it is not in the newer script as the shot has it. */
export type Citation = {
  readonly id: string;
  readonly line?: Line;
  readonly stands?: { readonly was: Stand; readonly now: Stand };
};

/** All citations of a shot in the order of the older script; those it does not know come last. */
export function citationsOf({ content, locked }: Shot, to: Successors): Citation[] {
  const stands = (id: string, holds: (was: Stand, now: Stand) => boolean) => {
    const [was, now] = isGone(id) ? [] : [to.was(citedId(id)), to.is(citedId(id))];
    return was && now && holds(was, now) ? { stands: { was, now } } : {};
  };
  const shown = content.elementIds.map(
    (id): Citation => ({
      id,
      ...stands(id, (was, now) => isSeenStill(content.action, was, now, locked)),
    }),
  );
  const said = content.lines.map(
    (line): Citation => ({
      id: line.elementId,
      line,
      ...stands(line.elementId, (was, now) => isSaidStill(line, was, now, locked, to)),
    }),
  );
  const at = (one: Citation) => one.stands?.was.at ?? Number.POSITIVE_INFINITY;
  return [...shown, ...said].sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}

/** A locked shot shows the words it shows. Another follows the script, unless it has a piece of an action that is not told any more. */
function isSeenStill(action: string, was: Stand, now: Stand, locked: boolean): boolean {
  const [old, words] = [was.element.text, now.element.text];
  if (old === words) return true;
  if (locked) return false;
  const isPiece = action !== '' && action !== old && old.includes(action);
  return !isPiece || words.includes(action);
}

/** A shot has its line as long as the script has the words of it, from the same mouths; one that may change takes new words over. */
function isSaidStill(line: Line, was: Stand, now: Stand, locked: boolean, to: Successors): boolean {
  if (locked && !isOfSame(line, now, to)) return false;
  const words = now.element.text;
  if (line.text === words) return true;
  if (isWhole(line, was)) return !locked || (words.includes(line.text) && 2 * line.text.length >= words.length);
  return words.includes(line.text);
}

/** Whether the shot says all of the element. */
export const isWhole = ({ text }: Line, { element }: Stand): boolean => text === element.text;

/** Whether the same people say a line, under the names they have now. */
export function isOfSame({ speakers }: Pick<Line, 'speakers'>, { element }: Stand, { renames }: Successors): boolean {
  const name = (label: string) =>
    renames.find(({ kind, before }) => kind === 'character' && before === label)?.after ?? label;
  return speakers.map(name).join('|') === (element.speakers ?? []).join('|');
}

/** The element's words in the place of the former ones, wherever the shot quotes them in full. */
export function requoted(content: ShotContent, found: readonly Citation[]): Partial<ShotContent> {
  const fields = ['action', 'caption', 'soundEffect', 'music'] as const;
  const changed = found.flatMap(({ stands }) =>
    stands && stands.was.element.text !== '' && stands.was.element.text !== stands.now.element.text
      ? [[stands.was.element.text, stands.now.element.text] as const]
      : [],
  );
  return Object.fromEntries(
    fields.map((field) => [
      field,
      changed.reduce((words, [old, now]) => words.replace(old, () => now), content[field]),
    ]),
  );
}
