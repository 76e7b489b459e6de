// How far a paragraph of a Word document is set in: an English script shows so who speaks, often without one empty line.
import { cueOf } from '../grammars/screenplay/cue.ts';
import { fixedLine } from '../grammars/screenplay/line.ts';
import { isSlug } from '../grammars/screenplay/slug.ts';
import { child, type Node } from './xml.ts';

/** Twentieths of a point in a column of 12 point type. */
const COLUMN = 144;
/** The first line alone of an action may be set in; a cue stands further in than that. */
const CUE = 10 * COLUMN;
const MOST = 60;
/** How far a name, a bracket and what is said are set in. */
const SCREENPLAY = { cue: 22, paren: 16, speech: 10 } as const;

// where the styles of screenplay templates stand that do not say it in the paragraph
const STYLES: readonly (readonly [RegExp, number])[] = [
  [/Character(?:Name)?$/i, SCREENPLAY.cue],
  [/Parenthetical$/i, SCREENPLAY.paren],
  [/Dialog(?:ue)?$/i, SCREENPLAY.speech],
];

/** Columns of blanks before a paragraph, by what it says itself or by the name of its style. */
export function columnsBefore(paragraph: Node): number {
  const properties = child(paragraph, 'w:pPr');
  const indent = child(properties, 'w:ind')?.attributes;
  const twips = (name: string) => Number(indent?.[name] ?? 0) || 0;
  const first = twips('w:firstLine') - twips('w:hanging');
  const before = twips('w:left') + twips('w:start') + (first < 0 || first >= CUE ? first : 0);
  if (indent !== undefined && before !== 0) return Math.max(0, Math.min(MOST, Math.round(before / COLUMN)));
  const style = child(properties, 'w:pStyle')?.attributes['w:val'] ?? '';
  return STYLES.find(([name]) => name.test(style))?.[1] ?? 0;
}

/** Whether a paragraph stands in the middle of the page. */
export const isCentred = (paragraph: Node | undefined) =>
  child(child(paragraph, 'w:pPr'), 'w:jc')?.attributes['w:val'] === 'center';

/** Whether a line is a slug line, a transition or the like by its own words. */
export const isMark = (line: string) => isSlug(line) || fixedLine(line) !== undefined;

/** Columns of blanks before a line of a script that centres its speeches: a name stands further in than what is said. */
export function columnsCentred(line: string): number {
  if (isMark(line)) return 0;
  if (/^[（(]/.test(line)) return SCREENPLAY.paren;
  return cueOf(line, true) === undefined ? SCREENPLAY.speech : SCREENPLAY.cue;
}
