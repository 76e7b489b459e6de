// What stands in the margins of a plain script and is no word of it: revision stars at the right, timecodes at the left of a
// dubbing script, numbers of speeches in one for radio.
import { cueOf } from './cue.ts';
import type { Visible } from './hidden.ts';
import { isLabelled } from './label.ts';
import { fixedLine } from './line.ts';
import { isSlug } from './slug.ts';

const STARRED = /(?:\s{2,}|(?<=\s{3}[0-9]{1,4}[A-Z]?)\s)\*{1,2}$/;
const CODE = '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[:;.,][0-9]{1,3})?';
/** 00:00:03:12 · [00:03] · 00:00:03,120 --> 00:00:05,000 */
const TIMECODE = new RegExp(
  String.raw`^(?:\[${CODE}(?:\s*(?:-->|[-–—])\s*${CODE})?\]|\(${CODE}\)|${CODE}(?:\s*(?:-->|[-–—])\s*${CODE})?)(?:\s*[|–—-](?=\s))?(?:\s+|$)`,
);
/** 12. ELSIE: Tom? — but 2 COPS: Freeze! */
const COUNT = /^[0-9]{1,3}(?:[.)]\s+|\t\s*|\s{2,})(?=\p{Lu})/u;
/** A script with fewer lines that begin so tells the time, or counts people. */
const FEWEST = 3;
/** No page is as wide as this. */
const WIDEST = 200;

/** The lines without revision stars, and without timecodes and numbers before what people say. */
export function withoutMargins({ lines, hidden }: Visible): Visible {
  const starless = lines.map((line) =>
    line.endsWith('*') && line.length <= WIDEST ? line.replace(STARRED, '') : line,
  );
  return { hidden, lines: withoutStarts(withoutStarts(starless, timecode, isSpeech), count, isCue) };
}

/** The lines without what `start` finds at their beginning, where speeches begin with different ones. */
function withoutStarts(
  lines: readonly string[],
  start: (line: string) => string | undefined,
  speaks: (words: string) => boolean,
): readonly string[] {
  const starts = lines.map((line) => (/^[[(0-9]/.test(line) ? start(line) : undefined));
  const rest = (at: number) => lines[at]!.slice(starts[at]!.length);
  const spoken = starts.filter((found, at) => found !== undefined && speaks(rest(at) || (lines[at + 1] ?? '')));
  if (new Set(spoken).size < FEWEST) return lines;
  // It says / 00:30 on the clock.
  return lines.map((line, at) => (starts[at] === undefined || /^\p{Ll}/u.test(rest(at)) ? line : rest(at)));
}

const timecode = (line: string) => TIMECODE.exec(line)?.[0];

function count(line: string): string | undefined {
  const found = COUNT.exec(line)?.[0];
  return found !== undefined && isCue(line.slice(found.length)) ? found : undefined;
}

const isCue = (words: string) => isLabelled(words) && !isSlug(words);

const isSpeech = (words: string) =>
  words.length <= 200 && fixedLine(words) === undefined && (isLabelled(words) || cueOf(words, true) !== undefined);
