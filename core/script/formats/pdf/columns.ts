// Dual dialogue: two people speaking side by side become one after the other.
import { cueOf } from '../../grammars/screenplay/cue.ts';
import type { PageLine } from './page.ts';

/** Least distance between two cues on one line, in points. */
const APART = 100;

/** How far a cue, a bracket and a speech are set in, in characters. */
const INDENT = { cue: 34, paren: 16, speech: 10 } as const;

/**
 * The lines of a page with each pair of columns under two cues put one below the other, set in as other speeches are; `spacing` is the usual
 * distance of lines, `left` the margin.
 */
export function withoutColumns(lines: readonly PageLine[], spacing: number, left: number): PageLine[] {
  const out: PageLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const cues = dualCues(lines[at]!);
    const end = cues === undefined ? at : blockEnd(lines, at, spacing);
    if (cues === undefined || end < at + 2) out.push(lines[at++]!);
    else {
      out.push(...unfolded(lines.slice(at, end), cues, left));
      at = end;
    }
  }
  return out;
}

/** Where the columns part, when a line is two cues far apart. */
function dualCues({ parts }: PageLine): number | undefined {
  const [left, right] = parts ?? [];
  if (left === undefined || right === undefined || parts!.length !== 2 || right.x - left.x < APART) return undefined;
  if (cueOf(left.text, true) === undefined || cueOf(right.text, true) === undefined) return undefined;
  return (left.right + right.x) / 2;
}

/** The first line behind the block: after a gap, or a line that runs over both columns. */
function blockEnd(lines: readonly PageLine[], from: number, spacing: number): number {
  let end = from + 1;
  while (end < lines.length && lines[end - 1]!.y - lines[end]!.y <= spacing * 1.45) end++;
  return end;
}

function unfolded(block: readonly PageLine[], middle: number, left: number): PageLine[] {
  const columns: [PageLine[], PageLine[]] = [[], []];
  for (const line of block) {
    for (const { text, x, right } of line.parts ?? [line]) {
      const column = columns[x < middle ? 0 : 1];
      const kind = column.length === 0 ? 'cue' : text.startsWith('(') ? 'paren' : 'speech';
      const indent = left + INDENT[kind] * line.size * 0.6;
      const { parts: _, ...whole } = line;
      column.push({ ...whole, text, x: indent, right: right - x + indent });
    }
  }
  const [first, ...rest] = columns[1];
  return [...columns[0], ...(first === undefined ? [] : [{ ...first, apart: true as const }]), ...rest];
}
