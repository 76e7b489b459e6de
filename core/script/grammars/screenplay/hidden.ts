// Notes [[…]] and boneyards /* … */ may begin and end in mid-line and run over lines; what they leave is what the grammar reads.
import type { Source } from '../../source.ts';

export type Visible = {
  /** What remains of each line; empty when all of it is hidden. */
  readonly lines: readonly string[];
  /** Whether a line was hidden altogether. */
  readonly hidden: (at: number) => boolean;
};

const CLOSE = { '[[': ']]', '/*': '*/' } as const;
type Open = keyof typeof CLOSE;

/** Takes notes and boneyards out. An unclosed mark is text; a note does not run over an empty line (Fountain's rule). */
export function visible(source: Source): Visible {
  if (!source.text.includes('[[') && !source.text.includes('/*')) return { lines: source.lines, hidden: () => false };
  const closes = { '[[': closable(source, ']]', true), '/*': closable(source, '*/', false) };
  let inside: Open | undefined;
  const lines = source.lines.map((line, at) => {
    const shown = show(line, inside, (open) => closes[open][at + 1] === true);
    inside = shown.inside;
    return shown.left;
  });
  return { lines, hidden: (at) => lines[at] === '' && source.lines[at] !== '' };
}

/** What is left of one line; `closesLater` tells whether a mark that this line does not close is closed by a later one. */
function show(
  line: string,
  from: Open | undefined,
  closesLater: (open: Open) => boolean,
): { left: string; inside: Open | undefined } {
  const opening = /\[\[|\/\*/g;
  const last = { '[[': line.lastIndexOf(']]'), '/*': line.lastIndexOf('*/') };
  let inside = from;
  let left = '';
  let position = 0;
  let copied = 0;
  while (position <= line.length) {
    if (inside !== undefined) {
      const end = line.indexOf(CLOSE[inside], position);
      if (end < 0) return { left: left.trim(), inside };
      inside = undefined;
      position = end + 2;
      copied = position;
      continue;
    }
    opening.lastIndex = position;
    const open = opening.exec(line);
    if (open === null) break;
    const mark = open[0] as Open;
    position = open.index + 2;
    if (last[mark] < position && !closesLater(mark)) continue;
    left += line.slice(copied, open.index);
    inside = mark;
  }
  return { left: copied === 0 && left === '' ? line : (left + line.slice(copied)).trim(), inside };
}

/** For each line, whether `mark` comes on it or after it; with `paragraph`, before the next empty line. One pass backwards. */
function closable(source: Source, mark: string, paragraph: boolean): boolean[] {
  const answer: boolean[] = [];
  let seen = false;
  for (let at = source.lines.length - 1; at >= 0; at--) {
    if (paragraph && gap(source, at + 1) === 'empty') seen = false;
    if (source.lines[at]!.includes(mark)) seen = true;
    answer[at] = seen && !(paragraph && gap(source, at) === 'empty');
  }
  return answer;
}

/** What lies between a line and the one before it: nothing, an empty line, or lines of blanks alone (Fountain: two spaces keep a speech open). */
export function gap(source: Source, at: number): 'none' | 'spaces' | 'empty' {
  if (at <= 0 || at >= source.numbers.length) return 'empty';
  if (source.numbers[at] === source.numbers[at - 1]! + 1) return 'none';
  const between = source.text.slice(source.ends[at - 1]!, Math.min(source.starts[at]!, source.ends[at - 1]! + 200));
  const blanks = between.split(/\r\n|\n|\r/).slice(1, -1);
  return blanks.length > 0 && blanks.every((blank) => blank.length >= 2) ? 'spaces' : 'empty';
}
