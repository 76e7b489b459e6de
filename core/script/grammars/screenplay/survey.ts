// Finds the episode headings of a screenplay before it is read: their numbers are theirs, and what stands before the first one
// is no episode.
import { NO_SLUG } from '../../assembly.ts';
import type { Source } from '../../source.ts';
import { type Mark, withoutContents } from '../chinese/mark.ts';
import { cueOf } from './cue.ts';
import { episodeOf, isEpisodeAlone, isEpisodeHeading } from './episode.ts';
import { type Section, sectionIn } from './front.ts';
import { gap, type Visible } from './hidden.ts';
import { fixedLine, isFurniture } from './line.ts';
import { sceneLine } from './scene-line.ts';
import { isForcedSlug, isSlug } from './slug.ts';

export type EpisodeSurvey = {
  /** Lines that are episode headings, with the number each claims. */
  readonly headings: ReadonlyMap<number, number>;
  /** Where the script begins: at the first of them when nothing before it is script. */
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
  const first = marks[0];
  const isFront = first?.kind === 'episode' && isFrontMatter(source, lines, from, first.at, first.episode.number);
  return { headings, start: isFront ? first.at : from };
}

/** Whether nothing in the lines [from, to) is script. Before another episode than the first (`number`) they must name what they are. */
function isFrontMatter(source: Source, lines: readonly string[], from: number, to: number, number: number): boolean {
  let section: Section | undefined;
  let isNamed = false;
  for (let at = from; at < to; at++) {
    const opened = sectionIn(lines[at]!);
    section = opened ?? section;
    isNamed ||= opened === 'people' || opened === 'story';
    if (PROLOGUE.test(lines[at]!)) return false;
    if (opened === undefined && section !== 'people' && at + 1 < to && isSpeech(source, lines, at)) return false;
  }
  return number === 1 || isNamed;
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
