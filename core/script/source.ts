// The decoded source as lines. Blank lines are counted but not kept: a file of 50 million line feeds costs nothing.
import { Failure } from '../platform/failure.ts';

/** Most non-blank lines one script may have. A 50 MB script of ordinary lines has 1.3 million. */
export const LINE_LIMIT = 2_000_000;

/** The non-blank lines of a decoded text, in parallel arrays: index k is the k-th non-blank line. */
export type Source = {
  readonly text: string;
  /** All lines, blank ones included. */
  readonly total: number;
  /** Line number in the text, counted from 1. */
  readonly numbers: readonly number[];
  /** UTF-16 offset where the line starts, and where it ends without its line break. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The words: outer blanks and invisible characters removed. Empty when the line held invisible characters only. */
  readonly lines: readonly string[];
  /** Invisible or control characters were found. */
  readonly noisy: boolean;
};

// Control characters, soft hyphen, zero-width characters, direction marks, byte order marks inside the text.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff]/;
const INVISIBLES = new RegExp(INVISIBLE.source, 'g');
/** The zero-width joiner, but for those that make several emoji one. */
const JOINER = '\u200d';
const JOINERS = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

const isNoisy = (text: string) => INVISIBLE.test(text) || (text.includes(JOINER) && text.search(JOINERS) >= 0);
const visible = (line: string) => line.replace(INVISIBLES, '').replace(JOINERS, '');

/** What Word (\v) and web pages (U+2028) put between the lines of a paragraph. */
const BREAK = /[\v\u2028\u2029]/;
const BREAKS = new RegExp(BREAK.source, 'g');

/** Splits a decoded text into lines at LF, CRLF, CR or a rarer line break. Throws TOO_MANY_LINES. Linear in the length of the text. */
export function sourceOf(decoded: string): Source {
  const text = BREAK.test(decoded) ? decoded.replace(BREAKS, '\n') : decoded;
  const noisy = isNoisy(text);
  const numbers: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: string[] = [];
  let total = 0;
  let start = 0;
  let feed = text.indexOf('\n');
  let back = text.indexOf('\r');
  while (start < text.length) {
    if (feed >= 0 && feed < start) feed = text.indexOf('\n', start);
    if (back >= 0 && back < start) back = text.indexOf('\r', start);
    const end = Math.min(feed < 0 ? text.length : feed, back < 0 ? text.length : back);
    total++;
    const raw = text.slice(start, end).trim();
    if (raw !== '') {
      if (numbers.length >= LINE_LIMIT) throw new Failure('TOO_MANY_LINES', { limit: LINE_LIMIT });
      numbers.push(total);
      starts.push(start);
      ends.push(end);
      lines.push(noisy && isNoisy(raw) ? visible(raw).trim() : raw);
    }
    // a rarer line break behind a CR is a line break of its own
    start = end === back && feed === end + 1 && decoded[feed] === '\n' ? end + 2 : end + 1;
  }
  return { text, total, numbers, starts, ends, lines, noisy };
}
