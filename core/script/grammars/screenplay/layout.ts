// How a plain script shows who speaks: by indents, by empty lines, by a colon, in capitals or not. Fountain needs none of this.
import type { Source } from '../../source.ts';
import { cueOf } from './cue.ts';
import { gap } from './hidden.ts';
import { type LabelPattern, labelsOf, labelsOfNames, namedAlone, recurring } from './label.ts';
import { fixedLine } from './line.ts';
import { isSlug, numberWidth } from './slug.ts';

/** Least distance of a cue and of a speech from the left margin, in columns. */
const CUE_INDENT = 10;
const SPEECH_INDENT = 4;
/** Most lines looked at; what a script does it does from the beginning. */
const SAMPLE = 20_000;
/** No page is as wide as this. */
const UNWRAPPED = 85;

/** Lines of a script in which some would be broken, were they full. */
const ENOUGH = 20;

export type PlainLayout = {
  /** Left margin in columns, when cues and speeches are told by their indent. */
  readonly margin: number | undefined;
  /** Hardly any empty lines, or none before the cues: a cue need not stand behind one. */
  readonly dense: boolean;
  /** An empty line stands between any two lines: a name and what is said are one empty line apart. */
  readonly spaced: boolean;
  /** A paragraph is one line, however long. */
  readonly unwrapped: boolean;
  /** Who speaks again and again, where cues stand in capitals on lines of their own. */
  readonly names: ReadonlySet<string>;
  /** `JOHN: Hello.` is how people speak, and how such a label looks. */
  readonly labels: LabelPattern | undefined;
  /** Names, in capitals, that stand again and again with a colon over what is said. */
  readonly alone: ReadonlySet<string>;
  /** Names that stand over speeches in small letters, in a script without a cue in capitals. */
  readonly small: ReadonlySet<string>;
};

const SMALL_NAME = /^[\p{L}][\p{L}'’.-]*(?: [\p{L}'’.-]+){0,2}(?:\s*\([^()]{1,30}\))?$/u;

/** Looks at the script as a whole. */
export function plainLayout(source: Source): PlainLayout {
  const { lines, numbers } = source;
  const count = Math.min(lines.length, SAMPLE);
  const cues: number[] = [];
  const starts: number[] = [];
  let apart = 0;
  for (let at = 0; at < count; at++) {
    const line = lines[at]!;
    if (at > 0 && numbers[at]! > numbers[at - 1]! + 1) apart++;
    if (isSlug(line)) starts.push(at);
    else if (line.length <= 60 && fixedLine(line) === undefined && cueOf(line, true)) cues.push(at);
  }
  const margin = marginOf(source, starts.length > 0 ? starts : [...Array(count).keys()]);
  const words = lines.slice(0, count).filter((line) => fixedLine(line) === undefined);
  const labels = labelsOf(words, cues.length);
  const setIn = cues.filter((at) => indentOf(source, at) - margin >= CUE_INDENT);
  const called = cues.map((at) => cueOf(lines[at]!, true)!.name);
  const names = recurring(called);
  const spaced = !labels && apart * 20 > count * 19 && isSpaced(source, cues, names);
  return {
    margin: setIn.length >= 2 && setIn.length * 2 > cues.length ? margin : undefined,
    dense: apart * 10 < count || spaced || isTight(source, cues, names),
    spaced,
    unwrapped: lines.slice(0, count).some((line) => line.length > UNWRAPPED) || isWhole(source, count),
    names,
    labels: labels ?? labelsOfNames(words, new Set(called)),
    alone: namesAlone(source, count),
    small: cues.length === 0 && !labels ? smallNames(source, count) : new Set(),
  };
}

/** No line goes on in the next one, in a script long enough to show it. */
function isWhole({ lines, numbers }: Source, count: number): boolean {
  if (count < ENOUGH) return false;
  for (let at = 1; at < count; at++)
    if (numbers[at] === numbers[at - 1]! + 1 && /^\p{Ll}/u.test(lines[at]!)) return false;
  return true;
}

/** Cues of people who speak again mostly stand right under the line before, and words right under them. */
function isTight(source: Source, cues: readonly number[], names: ReadonlySet<string>): boolean {
  const people = cues.filter(
    (at) => gap(source, at + 1) === 'none' && names.has(cueOf(source.lines[at]!, true)!.name) && at > 0,
  );
  const tight = people.filter((at) => gap(source, at) === 'none' && !isSlug(source.lines[at - 1]!)).length;
  return tight >= 3 && tight * 2 > people.length;
}

/** Hardly anybody has words right under the name, and people who speak again have them one empty line further down. */
function isSpaced({ lines, numbers }: Source, cues: readonly number[], names: ReadonlySet<string>): boolean {
  const below = (lineFeeds: number) =>
    cues.filter((at) => numbers[at + 1] === numbers[at]! + lineFeeds && !isSlug(lines[at + 1]!));
  const said = below(2).filter((at) => names.has(cueOf(lines[at]!, true)!.name));
  return said.length >= 3 && below(1).length * 10 < said.length;
}

/** Where most of these lines begin, in columns; a scene number to the left of where the line below begins stands outside the margin. */
function marginOf(source: Source, at: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const index of at.slice(0, 500)) {
    const own = indentOf(source, index);
    const below = index + 1 < source.lines.length ? indentOf(source, index + 1) : own;
    const indent = own + Math.min(numberWidth(source.lines[index]!), Math.max(0, below - own));
    counts.set(indent, (counts.get(indent) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
}

/** Columns of blanks before a line; a tab counts eight. */
export function indentOf({ text, starts }: Source, at: number): number {
  let columns = 0;
  for (let i = starts[at]!; ; i++) {
    const code = text.charCodeAt(i);
    if (code === 9) columns += 8;
    else if (code === 0x3000) columns += 2;
    else if (code === 32 || code === 0xa0) columns++;
    else return columns;
  }
}

/** Whether a line is set in as far as a cue, and whether as far as a speech. */
export const isSetIn = (source: Source, at: number, margin: number, kind: 'cue' | 'speech') =>
  indentOf(source, at) - margin >= (kind === 'cue' ? CUE_INDENT : SPEECH_INDENT);

/** MIA: with words right below, more than once; LATER: is nobody. */
function namesAlone(source: Source, count: number): ReadonlySet<string> {
  const names: string[] = [];
  for (let at = 0; at + 1 < count; at++) {
    const name = gap(source, at + 1) === 'none' ? namedAlone(source.lines[at]!) : undefined;
    if (name !== undefined && cueOf(name, true) && fixedLine(source.lines[at]!) === undefined) names.push(name);
  }
  return recurring(names);
}

/** First lines of blocks of at least two lines that come again: john, mary. */
function smallNames(source: Source, count: number): Set<string> {
  const seen = new Map<string, number>();
  for (let at = 0; at + 1 < count; at++) {
    const line = source.lines[at]!;
    if (line.length > 40 || gap(source, at) === 'none' || gap(source, at + 1) !== 'none' || !SMALL_NAME.test(line))
      continue;
    const name = line.replace(/\s*\(.*$/, '').toLowerCase();
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return new Set([...seen].filter(([, times]) => times > 1).map(([name]) => name));
}
