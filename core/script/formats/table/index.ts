// Tables as lines of script: shot lists, forms of a scene, who says what, script laid out in cells. Any other table is a list.
import { episodeLine } from '../../grammars/chinese/episode.ts';
import { asRow, type Cell, isFilled, type Row, wordsOf } from './cell.ts';
import { cueLines } from './cues.ts';
import { englishLines } from './english.ts';
import { formLines, headingRow } from './form.ts';
import { shotLines } from './shots.ts';

/** What a line of a script begins with: a heading, an action mark, a name and a colon. */
const SCRIPT_LINE =
  /^\s*(?:[△▲※■]|第.{1,6}[集场幕]|[0-9]{1,3}[-—–－][0-9]{1,3}|(?:INT|EXT|I\/E)[./ ]|[^：:，。！？,.!?]{1,12}(?:[（(][^）)]*[）)])?\s*[：:]\s*\S)/;

/** The lines of a table: of script where it is known for one, else each row as it stands. No words are lost but the heads of columns. */
export function rowLines(rows: readonly Row[]): string[] {
  return (
    englishLines(rows) ??
    shotLines(rows) ??
    formLines(rows) ??
    cueLines(rows) ??
    (isScript(rows) ? rows.flat(2) : listLines(rows))
  );
}

/** Half of the cells at least; 第1集 alone says nothing, as it stands before what is told of an episode as well. */
function isScript(rows: readonly Row[]): boolean {
  const cells = rows.flat().filter((cell) => isFilled(cell) && !isEpisode(cell));
  const script = cells.filter((cell) => cell.some((line) => SCRIPT_LINE.test(line)));
  return script.length > 0 && script.length * 2 >= cells.length;
}

const isEpisode = (cell: Cell) => episodeLine(wordsOf(cell)) !== undefined;

function listLines(rows: readonly Row[]): string[] {
  const [row] = rows;
  if (row !== undefined && rows.length === 1) {
    const heading = headingRow(row);
    if (heading !== undefined) return [heading];
    if (row.some(isEpisode)) return row.flat();
  }
  return rows.flatMap((one) => (one.length === 1 ? one.flat() : [asRow(one)]));
}
