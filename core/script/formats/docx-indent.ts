// How far a paragraph of a Word document is set in: an English script shows so who speaks, often without one empty line.
import { child, type Node } from './xml.ts';

/** Twentieths of a point in a column of 12 point type. */
const COLUMN = 144;
/** The first line alone of an action may be set in; a cue stands further in than that. */
const CUE = 10 * COLUMN;
const MOST = 60;

// where the styles of screenplay templates stand that do not say it in the paragraph
const STYLES: readonly (readonly [RegExp, number])[] = [
  [/^Character(?:Name)?$/i, 22],
  [/^Parenthetical$/i, 16],
  [/^Dialog(?:ue)?$/i, 10],
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
