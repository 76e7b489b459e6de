// A table of a Word document as rows of cells, seen through what Word puts between a table, its rows and its cells.
import { ABOVE, type Cell } from './table/cell.ts';
import { rowLines } from './table/index.ts';
import { child, type Node } from './xml.ts';

/** Content controls, insertions and marked-up parts: what is in them is as if they were not there. */
const AROUND = new Set(['w:sdt', 'w:sdtContent', 'w:ins', 'w:moveTo', 'w:customXml', 'w:smartTag']);
/** Word has no more columns. */
const COLUMN_LIMIT = 63;

/** The lines of a table. `linesOf` reads a cell. */
export function tableLines(table: Node, linesOf: (cell: Node) => string[]): string[] {
  const rows = within(table, 'w:tr').filter((row) => child(child(row, 'w:trPr'), 'w:del') === undefined);
  return rowLines(
    rows.map((row) => {
      const cells = within(row, 'w:tc');
      return cells.length === 1
        ? [linesOf(cells[0]!)]
        : cells.flatMap((cell) => [isOfAbove(cell) ? ABOVE : linesOf(cell), ...reached(cell)]);
    }),
  );
}

function within({ children }: Node, name: string): Node[] {
  return children.flatMap((one) => (one.name === name ? [one] : AROUND.has(one.name) ? within(one, name) : []));
}

/** The cell goes on from the row above; Word keeps nothing in it but may. */
function isOfAbove(cell: Node): boolean {
  const merged = child(child(cell, 'w:tcPr'), 'w:vMerge');
  return merged !== undefined && merged.attributes['w:val'] !== 'restart' && !hasWords(cell);
}

const hasWords = ({ text, children }: Node): boolean => text.trim() !== '' || children.some(hasWords);

/** The places of columns that a cell reaches over besides its own. */
function reached(cell: Node): Cell[] {
  const span = Number(child(child(cell, 'w:tcPr'), 'w:gridSpan')?.attributes['w:val'] ?? 1);
  return span > 1 ? Array.from({ length: Math.min(span, COLUMN_LIMIT) - 1 }, () => []) : [];
}
