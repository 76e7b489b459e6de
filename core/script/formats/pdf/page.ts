// One page of a PDF as lines: pieces of text put together by where they stand.

import { withoutRadicals } from './radicals.ts';

/** What pdf.js says of one piece of text. Coordinates in points, y upwards. */
export type Piece = {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
};

export type PageLine = {
  readonly text: string;
  /** Left and right edge, baseline, and font size, in points. */
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly page: number;
  /** The pieces of a line that stand far from each other. */
  readonly parts?: readonly Part[];
  /** Stands under another line than the one before it, whatever their distance. */
  readonly apart?: true;
};

type Part = { readonly text: string; readonly x: number; readonly right: number };

/** Pieces further from each other than this, in widths of type, are parts. */
const PARTED = 3;

type Placed = { str: string; x: number; y: number; width: number; size: number };

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Wide characters stand this far apart, in widths of type, where there is room; less where the file itself has a blank there. */
const ROOM = 0.6;
const BLANK = 0.2;

/** The lines of a page from top to bottom. Turned text (watermarks) comes back apart, as do revision stars in the margin. */
export function pageLines(
  pieces: readonly Piece[],
  page: number,
): { lines: PageLine[]; turned: string[]; stars: number } {
  const upright: Placed[] = [];
  const turned: string[] = [];
  for (const { str, transform, width } of pieces) {
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = transform;
    if (str === '') continue;
    if (Math.abs(b) <= Math.abs(a) * 0.05)
      upright.push({ str: withoutRadicals(str), x, y, width, size: Math.abs(d) || Math.abs(a) || 12 });
    else if (!isBlank({ str })) turned.push(withoutRadicals(str.trim()));
  }
  upright.sort((one, two) => two.y - one.y || one.x - two.x);
  const rows: Placed[][] = [];
  for (const piece of upright) {
    const row = rows.at(-1);
    if (row && Math.abs(row[0]!.y - piece.y) < Math.max(2, piece.size * 0.35)) row.push(piece);
    else rows.push([piece]);
  }
  let stars = 0;
  const lines = rows.flatMap((row) => {
    row.sort((one, two) => one.x - two.x);
    const filled = row.filter((piece) => !isBlank(piece));
    const words = filled.filter((piece, index) => !repeats(piece, filled[index - 1]));
    if (words.length === 0) return [];
    while (words.length > 1 && /^\*+$/.test(words.at(-1)!.str.trim())) {
      words.pop();
      stars++;
    }
    return [line(words, row.filter(isBlank), page)];
  });
  return { lines, turned, stars };
}

const isBlank = ({ str }: { readonly str: string }) => str.trim() === '';

/** Bold made by printing the same words twice. */
const repeats = (piece: Placed, before: Placed | undefined) =>
  before !== undefined && before.str === piece.str && Math.abs(before.x - piece.x) < 1.5 && piece.str.trim().length > 0;

function line(row: readonly Placed[], blanks: readonly Placed[], page: number): PageLine {
  let text = '';
  let next = 0;
  let edge = row[0]!.x;
  const parts: { text: string; x: number; right: number }[] = [];
  for (const { str, x, width, size } of row) {
    const between = x - edge;
    const wide = WIDE.test(text.slice(-1)) && WIDE.test(str.charAt(0));
    while (next < blanks.length && blanks[next]!.x < edge - size * 0.1) next++;
    const blank = next < blanks.length && blanks[next]!.x < x;
    const space =
      between > size * (wide ? (blank ? BLANK : ROOM) : 0.18) && text !== '' && !/\s$/.test(text) && !/^\s/.test(str);
    const part = parts.at(-1);
    if (part === undefined || between > size * PARTED) parts.push({ text: str.trim(), x, right: x + width });
    else {
      part.text += space ? ` ${str.trim()}` : str.trim();
      part.right = x + width;
    }
    text += space ? ' '.repeat(Math.max(1, Math.min(8, Math.round(between / size)))) + str : str;
    edge = x + width;
  }
  const first = row[0]!;
  const whole = { text: text.trim(), x: first.x, right: edge, y: first.y, size: first.size, page };
  return parts.length > 1 ? { ...whole, parts } : whole;
}
