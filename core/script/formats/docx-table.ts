// Tables of a Word document: some lay out the script, some are shot lists with a column for each field, the others are lists.
import { fieldKind } from '../grammars/chinese/field.ts';
import type { Node } from './xml.ts';

/** A cell as the lines in it. */
type Cell = readonly string[];

/** What a line of a script begins with: a heading, an action mark, a name and a colon. */
const SCRIPT_LINE =
  /^\s*(?:[△▲※■]|第.{1,6}[集场幕]|[0-9]{1,3}[-—–－][0-9]{1,3}|(?:INT|EXT|I\/E)[./ ]|[^：:，。！？,.!?]{1,12}(?:[（(][^）)]*[）)])?\s*[：:]\s*\S)/;
const SPOKEN = /^(?:台词|对白|对话)$/;

/** The lines of a table. `linesOf` reads a cell. */
export function tableLines(table: Node, linesOf: (cell: Node) => string[]): string[] {
  const rows = children(table, 'w:tr').map((row) => children(row, 'w:tc').map(linesOf));
  const [head = [], ...rest] = rows;
  const fields = head.map((cell) => cell.join('').trim());
  if (isShotList(fields)) return rest.flatMap((row) => row.flatMap((cell, at) => fielded(fields[at] ?? '', cell)));
  const cells = rows.flat().filter(isFilled);
  const script = cells.filter((cell) => cell.some((line) => SCRIPT_LINE.test(line))).length * 2 >= cells.length;
  return rows.flatMap((row) => (script || row.length === 1 ? row.flat() : [`| ${row.map(inRow).join(' | ')} |`]));
}

const children = ({ children: all }: Node, name: string) => all.filter((one) => one.name === name);
const isFilled = (cell: Cell) => cell.some((line) => line.trim() !== '');
const inRow = (cell: Cell) => cell.map((line) => line.trim()).join(' ');

/** 镜号 · 景别 · 画面 · 台词: at least two columns are fields of a shot, one of them what is seen or said. */
function isShotList(fields: readonly string[]): boolean {
  const known = fields.filter((field) => SPOKEN.test(field) || fieldKind(field) !== undefined);
  return known.length >= 2 && fields.some((field) => SPOKEN.test(field) || fieldKind(field) === 'action');
}

/** A cell of a shot list as lines that say their field; a column of another kind is a row of its own. */
function fielded(field: string, cell: Cell): string[] {
  const lines = cell.filter((line) => line.trim() !== '');
  const known = SPOKEN.test(field) || fieldKind(field) !== undefined;
  return lines.map((line) => (known ? `${field}：${line.trim()}` : `| ${field} | ${line.trim()} |`));
}
