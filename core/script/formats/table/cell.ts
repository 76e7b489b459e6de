// A cell of a table as the lines in it.

/** None at all for a place that the cell before or above reaches over. */
export type Cell = readonly string[];
export type Row = readonly Cell[];

/** The place of a cell that is one with the cell above. */
export const ABOVE: Cell = [];

/** The words of a cell in one line. */
export const wordsOf = (cell: Cell) =>
  cell
    .map((line) => line.trim())
    .join(' ')
    .trim();

export const isFilled = (cell: Cell) => cell.some((line) => line.trim() !== '');

/** The lines of a cell that say something. */
export const filledLines = (cell: Cell) => cell.map((line) => line.trim()).filter((line) => line !== '');

/** The cells of a row that are its own. */
export const ownCells = (row: Row) => row.filter((cell) => cell.length > 0);

/** A row as it stands: | 集 | 时长 | */
export const asRow = (row: Row) =>
  `| ${row
    .filter((cell) => cell.length > 0 || cell === ABOVE)
    .map(wordsOf)
    .join(' | ')} |`;
