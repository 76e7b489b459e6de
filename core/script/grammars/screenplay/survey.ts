// Finds the episode headings of a screenplay before it is read: their numbers are theirs, and what stands before the first one
// is no episode.
import { NO_SLUG } from '../../assembly.ts';
import type { Source } from '../../source.ts';
import { type Mark, withoutContents } from '../chinese/mark.ts';
import { cueOf } from './cue.ts';
import { episodeOf, isEpisodeAlone, isEpisodeHeading } from './episode.ts';
import { isTold, type Section, sectionIn } from './front.ts';
import { gap, type Visible } from './hidden.ts';
import { isLabelled } from './label.ts';
import { fixedLine, isFurniture } from './line.ts';
import { sceneLine } from './scene-line.ts';
import { isForcedSlug, isSlug } from './slug.ts';

export type EpisodeSurvey = {
  /** Parts of an episode before its first scene that tell its story or its people: from their first line to behind their last. */
  readonly fronts: ReadonlyMap<number, number>;
  /** Lines that are episode headings, with the number each claims. */
  readonly headings: ReadonlyMap<number, number>;
  /** Where the script begins: at the first of them, or at the first scene, when nothing before it is script. */
  readonly start: number;
};

/** # Act One: how deep it is, and what it says. */
export const SECTION = /^(#{1,6})\s*(.*)$/;
/** What comes before the first heading of a series and is script. */
const PROLOGUE = /^(?:PROLOGUE|TEASER|COLD OPEN|PREVIOUSLY|RECAP)\b|^@/i;

/** Episode headings from index `from`, without the entries of a list of episodes, and where the script begins. */
export function surveyEpisodes(source: Source, visible: Visible, from: number, isPlain: boolean): EpisodeSurvey {
  const found: Mark[] = [];
  const { lines } = visible;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]!;
    const episode = headingAt(source, visible, at, from, isPlain);
    if (episode) found.push({ kind: 'episode', at, episode });
    else if (isSlug(line) || (isPlain ? sceneLine(line) : isForcedSlug(line)))
      found.push({ kind: 'scene', at, to: at, slug: NO_SLUG, cast: '' });
  }
  const marks = withoutContents(found);
  const headings = new Map(marks.flatMap((mark) => (mark.kind === 'episode' ? [[mark.at, mark.episode.number]] : [])));
  const fronts = new Map(
    marks.flatMap(({ kind, at }, index): [number, number][] => {
      const next = marks[index + 1];
      return kind === 'episode' && next?.kind === 'scene' ? frontIn(lines, at + 1, next.at) : [];
    }),
  );
  const first = marks[0];
  if (first?.kind === 'scene') return { fronts, headings, start: frontBefore(source, lines, from, first.at) };
  const isFront = first?.kind === 'episode' && isFrontMatter(source, lines, from, first.at, first.episode.number);
  return { fronts, headings, start: isFront ? first.at : from };
}

/** Where the script begins that has a logline or a list of people, and then its first scene at `scene`, without an episode heading. */
function frontBefore(source: Source, lines: readonly string[], from: number, scene: number): number {
  const to = openerIn(source, lines, from, scene);
  return isFrontMatter(source, lines, from, to, 0) && !hasLabels(lines.slice(from, to)) ? to : from;
}

/** Logline: words, in one line. */
const isInline = (line: string) => /:\s*\S/.test(line);

/** The first line among [from, scene) that is script by its own words, or a sentence apart from a part told in one line; else `scene`. */
function openerIn(source: Source, lines: readonly string[], from: number, scene: number): number {
  let isWhole = false;
  for (let at = from; at < scene; at++) {
    const line = lines[at]!;
    if (sectionIn(line) !== undefined) isWhole = isInline(line);
    else if (fixedLine(line) !== undefined) return at;
    else if (isWhole && gap(source, at) !== 'none' && /[.!?…]$/.test(line)) return at;
  }
  return scene;
}

/** Logline: words, or Cast and the entries below it, among the lines [from, to) of an episode: at most one part. */
function frontIn(lines: readonly string[], from: number, to: number): [number, number][] {
  const start = lines.findIndex((line, at) => at >= from && at < to && isTold(line));
  if (start < 0) return [];
  let isList = false;
  let end = start;
  for (; end < to; end++) {
    const line = lines[end]!;
    const opened = sectionIn(line);
    if (opened === undefined && !(isList && ENTRY.test(line))) break;
    if (opened !== undefined) isList = opened === 'people' && !isInline(line);
  }
  return [[start, end]];
}

const LISTED = /^(?:[-*•]\s+|[0-9]{1,2}[.)]\s+)?(\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*)*)/u;
/** - MARA ELLIS – keeper, 40s */
const ENTRY = /^[-*•]\s/;

/** MIA: Hello. — but for MIA: a waitress, once, under CHARACTERS. */
function hasLabels(lines: readonly string[]): boolean {
  const told = new Set<string>();
  let isList = false;
  return lines.some((line) => {
    const opened = sectionIn(line);
    if (opened !== undefined) isList = opened === 'people' && !isInline(line);
    if (opened !== undefined || !isLabelled(line)) return false;
    const name = line.slice(0, line.indexOf(':'));
    return !isList || told.size === told.add(name).size;
  });
}

/** Whether nothing in the lines [from, to) is script. Before another episode than the first (`number`) they must name what they are. */
function isFrontMatter(source: Source, lines: readonly string[], from: number, to: number, number: number): boolean {
  let section: Section | undefined;
  let isNamed = false;
  const listed = new Set<string>();
  for (let at = from; at < to; at++) {
    const opened = sectionIn(lines[at]!);
    section = opened ?? section;
    isNamed ||= opened === 'people' || opened === 'story';
    if (PROLOGUE.test(lines[at]!)) return false;
    if (opened !== undefined) continue;
    const isListed = section === 'people' && !isNamedAgain(lines[at]!, listed);
    if (!isListed && at + 1 < to && isSpeech(source, lines, at)) return false;
  }
  return number === 1 || isNamed;
}

/** MIA - 20s. and MIA ELLIS list MIA; her name alone below says that she speaks. */
function isNamedAgain(line: string, listed: Set<string>): boolean {
  if (listed.has(line)) return true;
  const name = LISTED.exec(line.slice(0, 60))?.[1]?.toUpperCase() ?? '';
  if (name !== '') listed.add(name).add(name.replace(/ .*$/s, ''));
  return false;
}

/** A cue with its words right below. The first line of all is a title, unless it comes again. */
const isSpeech = (source: Source, lines: readonly string[], at: number) =>
  (at > 0 || lines.includes(lines[at]!, 1)) &&
  gap(source, at) !== 'none' &&
  gap(source, at + 1) === 'none' &&
  cueOf(lines[at]!, true) !== undefined;

function headingAt(source: Source, { lines, hidden }: Visible, at: number, from: number, isPlain: boolean) {
  const line = lines[at]!;
  const section = line.startsWith('#') ? SECTION.exec(line) : null;
  if (section) return episodeOf(section[2]!);
  if (!isEpisodeHeading(line)) return undefined;
  const free =
    at === from || gap(source, at) === 'empty' || (isPlain && (gap(source, at) !== 'none' || hidden(at - 1)));
  return free || (isPlain && (isMark(lines[at - 1]!) || cutsIn(source, lines, at))) ? episodeOf(line) : undefined;
}

const isMark = (line: string) =>
  isSlug(line) ||
  fixedLine(line) !== undefined ||
  line.startsWith('#') ||
  isFurniture(line) ||
  sceneLine(line) !== undefined ||
  isEpisodeHeading(line);

/** EPISODE 2 right under a speech or a paragraph: a scene follows, or it stands in capitals where a sentence has ended and no other goes on. */
function cutsIn(source: Source, lines: readonly string[], at: number): boolean {
  if (!isEpisodeAlone(lines[at]!)) return false;
  const next = lines[at + (/^["“].*["”]$/.test(lines[at + 1] ?? '') ? 2 : 1)] ?? '';
  if (isSlug(next) || sceneLine(next) || fixedLine(next)?.kind === 'transition') return true;
  const before = lines[at - 1]!;
  return (
    !/\p{Ll}/u.test(lines[at]!) &&
    /[.!?…"”)—-]$/.test(before) &&
    (gap(source, at + 1) !== 'none' || !/^\p{Ll}/u.test(next)) &&
    !(gap(source, at - 1) !== 'none' && cueOf(before, true))
  );
}
