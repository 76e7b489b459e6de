// A row of a shot list laid out with pipes. A line is one element, so what is said is read with what is seen meanwhile.

import { shotColumns } from '../../formats/table/columns.ts';
import { shotLines } from '../../formats/table/shots.ts';
import { SPOKEN } from '../../formats/table/spoken.ts';
import type { ElementKind } from '../../schema.ts';
import type { Source } from '../../source.ts';
import { castMembers, castOf, fieldKind, sceneField } from './field.ts';
import { type Label, labelOf } from './label.ts';
import { isTableRow, unmarked } from './markdown.ts';

/** What a row says: the words behind a name, or none; everything else of it; who is in the shot. */
export type ShotRow = {
  readonly said?: { readonly label: Label; readonly words: string };
  readonly seen: readonly string[];
  readonly people: readonly string[];
};

/** The number of a shot, how long it is; nothing. */
const COUNT = /^(?:[0-9.]{1,6}\s*(?:s|秒|分钟?|″|")?|无|没有|[-—–－/／\s]+)$/i;

/** The heads of columns at `at`, when a rule of a table stands below them and no row above. */
export function headsAt(source: Source, at: number): string | undefined {
  const isHead = isTableRule(source.lines[at + 1] ?? '') && isBelow(source, at + 1) && !isBelowRow(source, at);
  return isHead && source.lines[at]!.length < 500 ? source.lines[at] : undefined;
}

/** The cells of a line that are apart by tabs, as a table is pasted out of a sheet: as one with pipes. Undefined for a line with fewer than three. */
export function tabbedRow(source: Source, at: number): string | undefined {
  const { text, starts, ends } = source;
  if (ends[at]! - starts[at]! > 5000 || !source.lines[at]!.includes('\t')) return undefined;
  // the line without its outer blanks has lost the empty cells
  const cells = text.slice(starts[at]!, ends[at]!).split('\t');
  return cells.length < 3 ? undefined : `| ${cells.map((cell) => cell.replaceAll('|', '／').trim()).join(' | ')} |`;
}

/** Whether these heads are those of a shot list. */
export const isShotList = (heads: string) =>
  heads.length < 500 && isOfShots(heads) && shotColumns(cellsOf(heads)) !== undefined;

/** |---|:---:| */
export const isTableRule = (line: string) => line.length < 500 && /^\|[\s:|-]*-[\s:|-]*$/.test(line);

/** Whether a row stands on the line right above: an empty line ends a table. */
export const isBelowRow = (source: Source, at: number) => isTableRow(source.lines[at - 1] ?? '') && isBelow(source, at);

const isBelow = ({ numbers }: Source, at: number) => numbers[at] === numbers[at - 1]! + 1;

/** The row below those heads; undefined when the table is no shot list, and when the row says more than one line can be: two people. */
export function shotRow(
  heads: string,
  row: string,
  speakerOf: (words: string) => Label | undefined,
): ShotRow | undefined {
  const fields = row.length < 5000 && isOfShots(heads) ? shotLines([cellsOf(heads), cellsOf(row)]) : undefined;
  if (fields === undefined) return undefined;
  const said: NonNullable<ShotRow['said']>[] = [];
  const seen: Part[] = [];
  const people: string[] = [];
  for (const line of fields) {
    // a row is one line, which opens no scene: its place is told with what is seen
    if (isOfScene(line)) {
      const told = line
        .replace(NUMBER, '')
        .replace(/[：:]\s*/g, ' ')
        .trim();
      if (told !== '') seen.push({ kind: undefined, field: '', value: told });
      continue;
    }
    const cast = castOf(line);
    const part = cast === undefined ? partOf(line) : undefined;
    if (cast !== undefined) people.push(...castMembers(cast).names);
    else if (part !== undefined) seen.push(part);
    else {
      const words = line.replace(/^台词：/, '');
      const label = speakerOf(words);
      if (label === undefined) return undefined;
      said.push({ label, words: words.slice(label.end).trim() });
    }
  }
  const [first] = said;
  if (said.length > 1 || first?.words === '') return undefined;
  const filled = seen.filter(({ value }) => !COUNT.test(value));
  if (!first && !filled.some(({ kind }) => kind === 'action')) return undefined;
  // a picture alone behind a name would say how the words are said, or who it is
  const isBare = ({ kind }: Part) => kind === 'shot' || (kind === 'action' && !first);
  const words = filled.map((part) => (isBare(part) || part.field === '' ? part.value : `${part.field} ${part.value}`));
  return first ? { said: first, seen: words, people } : { seen: words, people };
}

type Part = { readonly kind: ElementKind | undefined; readonly field: string; readonly value: string };

const isOfShots = (heads: string) =>
  cellsOf(heads).some(([head = '']) => SPOKEN.test(head) || fieldKind(head) === 'shot');

/** 场次：1-1 */
const NUMBER = /^场次\s*[：:]\s*\S+\s*/;

const isOfScene = (line: string) => sceneField(line) !== undefined || labelOf(line)?.name === '场次';

/** 画面：…, and | 备用 | 3 | of a column scripts know no word for; undefined for what somebody says. */
function partOf(line: string): Part | undefined {
  if (isTableRow(line)) {
    const [field = '', ...values] = line.split('|').flatMap((cell) => cell.trim() || []);
    return { kind: undefined, field, value: values.join(' ') };
  }
  const label = labelOf(line);
  const kind = label && fieldKind(label.name);
  return kind && { kind, field: label.name, value: line.slice(label.end).trim() };
}

/** | 1 | **特写** | 沈青<br>陆川 | */
const cellsOf = (row: string) =>
  row
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.split(/<br\s*\/?>/i).map((line) => unmarked(line.trim())));
