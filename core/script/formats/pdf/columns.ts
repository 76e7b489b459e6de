// Dual dialogue: two people speaking side by side become one after the other.
import { cueOf } from '../../grammars/screenplay/cue.ts';
import type { PageLine } from './page.ts';

/** Least distance between two cues on one line, in points. */
const APART = 100;

/** The lines of a page with each pair of columns under two cues put one below the other; `spacing` is the usual distance of lines. */
export function withoutColumns(lines: readonly PageLine[], spacing: number): PageLine[] {
  const out: PageLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const cues = dualCues(lines[at]!);
    const end = cues === undefined ? at : blockEnd(lines, at, spacing);
    if (cues === undefined || end < at + 2) out.push(lines[at++]!);
    else {
      out.push(...unfolded(lines.slice(at, end), cues));
      at = end;
    }
  }
  return out;
}

type Cues = { readonly middle: number; readonly shift: number };

/** Where the columns part, when a line is two cues far apart. */
function dualCues({ parts }: PageLine): Cues | undefined {
  const [left, right] = parts ?? [];
  if (left === undefined || right === undefined || parts!.length !== 2 || right.x - left.x < APART) return undefined;
  if (cueOf(left.text, true) === undefined || cueOf(right.text, true) === undefined) return undefined;
  return { middle: (left.right + right.x) / 2, shift: right.x - left.x };
}

/** The first line behind the block: after a gap, or a line that runs over both columns. */
function blockEnd(lines: readonly PageLine[], from: number, spacing: number): number {
  let end = from + 1;
  while (end < lines.length && lines[end - 1]!.y - lines[end]!.y <= spacing * 1.45) end++;
  return end;
}

function unfolded(block: readonly PageLine[], { middle, shift }: Cues): PageLine[] {
  const columns: [PageLine[], PageLine[]] = [[], []];
  for (const line of block) {
    for (const { text, x, right } of line.parts ?? [line]) {
      const side = x < middle ? 0 : 1;
      const { parts: _, ...whole } = line;
      columns[side].push({ ...whole, text, x: x - side * shift, right: right - side * shift });
    }
  }
  const [first, ...rest] = columns[1];
  return [...columns[0], ...(first === undefined ? [] : [{ ...first, apart: true as const }]), ...rest];
}
