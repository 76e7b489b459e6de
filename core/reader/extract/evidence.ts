// Where in the script the words stand that a row is quoted with. What stands nowhere is refused. Pure.
import { verbatim, wordsIn } from '../../breakdown/index.ts';
import { simplified } from '../../script/simplified.ts';
import type { Line, Sheet } from '../sheet.ts';

/** A place in an element: the line, the text of it that holds the words, and from where to where. */
export type Place = { readonly line: Line; readonly text: string; readonly start: number; readonly end: number };

/** A quote so short stands in many lines: it must stand in the line that was named. */
const leastWords = 4;
/** What of a quote is kept. */
const longest = 60;

/**
 * The quote, verbatim, in the line that was named, or in the line nearest to it that has the words: numbers are miscounted more often
 * than words are made up. A speaker's name in front of the words is passed over.
 */
export function quoted(quote: string, number: number, sheet: Sheet): Place | undefined {
  const letters = quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters === 0) return undefined;
  const lines =
    letters >= leastWords
      ? [...nearest(sheet, number)]
      : [sheet.lines[number - 1]].filter((line) => line !== undefined);
  for (const find of findings(verbatim, sheet))
    for (const line of lines)
      for (const wanted of wordings(quote, line)) {
        const found = wanted && placeIn(line, (text) => find(wanted, text));
        if (found) return { ...found, end: Math.min(found.end, found.start + longest) };
      }
  return undefined;
}

/** The quote as it is, and without what stands in front of the words in a line as it is shown: `谢灯儿（OS，得意）：`. */
function wordings(quote: string, { element: { speakers = [] } }: Line): string[] {
  const label = speakers.join('、');
  const bare = label !== '' && quote.startsWith(label) ? quote.slice(label.length) : quote;
  // most are the same, and each is looked for in every line
  return [...new Set([quote, bare.replace(/^（(?:OS|VO|PHONE)(?:，|）)/, ''), bare.replace(/^[^：:]*[：:]\s*/, '')])];
}

/** A place of a name, as the script writes it there. */
export type Named = Place & { readonly surface: string };

/** A name in the line nearest to `number` that has it. Latin names stand as whole words. */
export function named(name: string, number: number, sheet: Sheet): Named | undefined {
  for (const find of findings(formIn, sheet))
    for (const line of nearest(sheet, number)) {
      const found = placeIn(line, (text) => find(name, text));
      if (found) return { ...found, surface: found.text.slice(found.start, found.end) };
    }
  return undefined;
}

/** The name as the text writes it. */
export function formIn(name: string, text: string): string | undefined {
  const plain = name.trim();
  if (plain === '') return undefined;
  if (/\p{Script=Han}/u.test(plain)) return verbatim(plain, text);
  const escaped = plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/['’]/g, "['’]");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').exec(text)?.[0];
}

type Find = (wanted: string, text: string) => string | undefined;

/** How words are looked for: as they are, and in a script of Traditional characters as a model that is asked to write Simplified ones copies them. */
const findings = (first: Find, sheet: Sheet): Find[] => (isTraditional(sheet) ? [first, simplyIn] : [first]);

/** The words as the text writes them; a rare character has a simplified form of another length, and is left alone. */
function simplyIn(wanted: string, text: string): string | undefined {
  const plain = simply(text);
  if (plain.length !== text.length || !/\p{Script=Han}/u.test(wanted)) return undefined;
  const there = verbatim(simply(wanted), plain);
  const at = there === undefined ? -1 : plain.indexOf(there);
  return there === undefined ? undefined : text.slice(at, at + there.length);
}

/** 著 is 着 in what is done, as in 看著; the dictionary keeps it for 著名. */
const simply = (text: string): string => simplified(text).replaceAll('著', '着');

const known = new WeakMap<Sheet, boolean>();

/** Whether every third line at least has a character that is written otherwise; some of them stand in Simplified scripts too. */
function isTraditional(sheet: Sheet): boolean {
  const { lines } = sheet;
  const said =
    known.get(sheet) ?? lines.filter(({ element: { text } }) => simplified(text) !== text).length * 3 > lines.length;
  known.set(sheet, said);
  return said;
}

/** The first text of a line in which `find` finds words, and where. */
export function placeIn(line: Line, find: (text: string) => string | undefined): Place | undefined {
  for (const text of wordsIn(line.element)) {
    const words = find(text);
    if (words === undefined || words === '') continue;
    const start = text.indexOf(words);
    return { line, text, start, end: start + words.length };
  }
  return undefined;
}

/** Lines from the one that was named outwards. */
function* nearest({ lines }: Sheet, number: number): Generator<Line> {
  const at = Math.min(Math.max(0, Math.round(number) - 1 || 0), Math.max(0, lines.length - 1));
  for (let away = 0; away < lines.length; away += 1) {
    const [before, after] = [lines[at - away], lines[at + away]];
    if (after) yield after;
    if (before && away > 0) yield before;
  }
}
